import PostgresClient
import TestSupport
import Testing

@Suite("A primary and its standby", .heavy, .patience)
struct StandbyPairTests {
  @Test("What the primary has committed is there when the standby takes over")
  func takeover() async throws {
    let pair = try await StandbyPair { try await $0.run("create table t (n int)") }
    let target = pair.connectionString(database: "postgres")
    let before = try await PostgresConnection.connect(to: target)
    #expect(before.server.host == pair.primary.folder)
    try await before.execute("insert into t values (7)")
    pair.primary.kill()
    try await pair.promote()
    let after = try await PostgresConnection.connect(to: target)
    #expect(after.server.host == pair.standby.folder)
    #expect(try await after.query("select n from t").value == "7")
    await before.close()
    await after.close()
  }

  @Test("A server goes on after a crash and after a freeze")
  func crash() async throws {
    let server = try await TemporaryServer()
    try await server.run("create table t (n int)")
    server.kill()
    try await server.startAgain()
    server.freeze()
    var options = PostgresConnectOptions()
    options.deadline = .milliseconds(50)
    let error = await #expect(throws: PostgresError.self) {
      try await PostgresConnection.connect(to: server.connectionString(), options)
    }
    #expect(error?.kind == .deadlineExceeded)
    server.thaw()
    try await server.run("insert into t values (1)")
    try await server.control("restart -m immediate")
    try await server.run("insert into t values (2)")
  }
}
