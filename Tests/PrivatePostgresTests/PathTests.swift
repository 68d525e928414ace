import FoundationEssentials
import Glibc
import Testing

@testable import PrivatePostgres

@Suite("Paths", .timeLimit(.minutes(30)))
struct PathTests {
  private static let long = String(repeating: "a-rather-long-name/", count: 12) + "ledger"

  @Test(
    "A folder of any name works, and psql takes its connection string as it is",
    arguments: [
      "with blanks", "it's \"quoted\"", #"back\slash"#, "工会 λεδγερ", "one,two", "equals=sign", " blank end ",
      long, "工会 and it's, " + long,
    ])
  func anyName(path: String) async throws {
    try await TemporaryServer.with(path, hasCluster: true) { test in
      let connection = try await test.server.start()
      #expect(try await psql(connection, "select 1") == "1")
      #expect(try await test.server.start() == connection)
      #expect(test.server.status().connectionString == connection)
      #expect(try await test.server.stop())
    }
  }

  @Test("A cluster is made in a folder with a long and odd name")
  func oddFirstStart() async throws {
    try await TemporaryServer.with("工会 and it's, " + Self.long) { test in
      let answer = try await test.query("select 1")
      #expect(answer == "1")
    }
  }

  @Test("A relative path counts from the current folder, and slashes at the end don't matter")
  func relative() throws {
    let current = try #require(getcwd(nil, 0))
    defer { free(current) }
    #expect(DataFolder("some/ledger//").path == String(cString: current) + "/some/ledger")
    #expect(DataFolder("/").path == "/")
  }

  @Test("A short name that somebody cleaned away is made again for a running server")
  func cleanedAway() async throws {
    try await TemporaryServer.with(Self.long, hasCluster: true) { test in
      var server = test.server
      server.runtimeFolders = [test.folder]
      let connection = try await server.start()
      let process = try test.process()
      #expect(connection.hasPrefix("host=\(test.folder)/guarantee-\(geteuid())/"))
      try FileSystem.remove("\(test.folder)/guarantee-\(geteuid())")
      #expect(try await server.start() == connection)
      #expect(try await psql(connection, "select 1") == "1")
      #expect(try test.process() == process)
    }
  }

  @Test("A short name that leads elsewhere is put right")
  func wrongLink() async throws {
    try await TemporaryServer.with(Self.long) { test in
      let socket = SocketPath(folder: test.dataFolder, runtimeFolders: [test.folder])
      let link = try socket.hostFolder()
      unlink(link)
      #expect(symlink("/elsewhere", link) == 0)
      #expect(try socket.hostFolder() == link)
      #expect(
        try FileManager.default.destinationOfSymbolicLink(atPath: link) == test.dataFolder.cluster)
      socket.removeLinks()
      #expect(try FileSystem.status(of: link) == nil)
    }
  }

  @Test("A folder for short names that others can enter, or that is a link, is not used")
  func squatted() async throws {
    try await TemporaryServer.with(Self.long) { test in
      let places = ["open", "linked", "file", "missing/below", "good"].map { test.folder + "/" + $0 }
      let own = "/guarantee-\(geteuid())"
      for place in places where !place.contains("missing") { try FileSystem.makeFolders(place) }
      #expect(mkdir(places[0] + own, 0o755) == 0)
      #expect(symlink(test.folder, places[1] + own) == 0)
      _ = try Descriptor(places[2] + own, O_CREAT | O_WRONLY)
      let socket = SocketPath(folder: test.dataFolder, runtimeFolders: places)
      #expect(try socket.hostFolder().hasPrefix(places[4]))

      let error = #expect(throws: PrivateServerError.self) {
        try SocketPath(folder: test.dataFolder, runtimeFolders: Array(places.dropLast())).hostFolder()
      }
      #expect(error?.code == .noShortPath)
    }
  }

  @Test("A folder for short names that another user made is not used", .onlyAsRoot)
  func squattedByAnother() async throws {
    try await TemporaryServer.with(Self.long) { test in
      let own = test.folder + "/guarantee-\(geteuid())"
      #expect(mkdir(own, 0o700) == 0)
      #expect(chown(own, 65534, 65534) == 0)
      let socket = SocketPath(folder: test.dataFolder, runtimeFolders: [test.folder])
      #expect(throws: PrivateServerError.self) { try socket.hostFolder() }
    }
  }
}
