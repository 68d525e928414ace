import Testing

@testable import GuaranteeCommand

@Suite("Where the ledger is")
struct LedgerPlaceTests {
  private func place(
    database: String? = nil, dataDirectory: String? = nil, _ variables: [String: String] = [:]
  ) throws(Failure) -> LedgerPlace {
    try LedgerChoice.resolve(
      database: database, dataDirectory: dataDirectory, variable: { variables[$0] }, workingDirectory: "/here"
    ).place
  }

  @Test("An argument counts before the environment, a database before a directory")
  func precedence() throws {
    let all = ["GUARANTEE_DATABASE_URL": "service=prod", "GUARANTEE_DATA_DIR": "/env", "HOME": "/home/a"]
    #expect(try place(database: "service=test", all) == .foreign(connectionString: "service=test"))
    #expect(try place(dataDirectory: "/mine", all) == .private(dataDirectory: "/mine"))
    #expect(try place(all) == .foreign(connectionString: "service=prod"))
    #expect(
      try place(["GUARANTEE_DATABASE_URL": "", "GUARANTEE_DATA_DIR": "/env"])
        == .private(dataDirectory: "/env"))
  }

  @Test("Without any of them it is in the XDG data directory")
  func defaultDirectory() throws {
    #expect(try place(["XDG_DATA_HOME": "/x", "HOME": "/h"]) == .private(dataDirectory: "/x/guarantee"))
    #expect(
      try place(["XDG_DATA_HOME": "x", "HOME": "/h"]) == .private(dataDirectory: "/h/.local/share/guarantee"))
    #expect(throws: Failure.self) { try place([:]) }
  }

  @Test("A relative directory starts from the working directory")
  func relative() throws {
    #expect(try place(dataDirectory: "books/") == .private(dataDirectory: "/here/books"))
    #expect(try place(dataDirectory: "/") == .private(dataDirectory: "/"))
  }

  @Test("Two ledgers at once, or an empty name, is wrong usage")
  func wrongUsage() {
    for (database, directory) in [("a=b", "/d"), ("", nil), (nil, "")] {
      #expect { try place(database: database, dataDirectory: directory) } throws: {
        ($0 as? Failure)?.code == .usage
      }
    }
  }

  @Test(
    "A password in an argument is refused and not repeated",
    arguments: [
      "postgresql://clerk:hunter2@db/guarantee", "host=db password=hunter2",
      "postgresql://db/g?password=hunter2",
      "host=db sslpassword='hunter2'", "postgresql//clerk:hunter2@db",
    ])
  func password(_ text: String) {
    #expect { try LedgerPlace.foreign(connectionString: text).check() } throws: {
      let failure = $0 as? Failure
      return failure?.code == .usage && failure?.message.text.contains("hunter2") == false
    }
  }

  @Test("A password in the environment is nobody's business, and not repeated when the rest is wrong")
  func passwordInEnvironment() throws {
    try LedgerPlace.foreign(connectionString: "postgresql://u:hunter2@db/g").check(
      from: "GUARANTEE_DATABASE_URL")
    #expect {
      try LedgerPlace.foreign(connectionString: "u:hunter2@db").check(from: "GUARANTEE_DATABASE_URL")
    } throws: {
      let failure = $0 as? Failure
      return failure?.code == .usage && failure?.message.text.contains("hunter2") == false
    }
  }

  @Test(
    "A connection string without a password is taken",
    arguments: [
      "", "host=a,b dbname=g", "postgresql://u@a:1,b:2/g?target_session_attrs=read-write",
      "service=x passfile=/p",
    ])
  func withoutPassword(_ text: String) throws {
    try LedgerPlace.foreign(connectionString: text).check()
  }
}
