import PostgresClient
import TestSupport
import Testing

@Suite("A proxy that cuts", .patience)
struct CuttingProxyTests {
  private static func proxy(
    plan: @escaping CuttingProxy.Plan = { _ in .pass }
  ) async throws -> CuttingProxy {
    try CuttingProxy(to: await TemporaryServer.shared.folder, plan: plan)
  }

  private static func connection(_ proxy: CuttingProxy) async throws -> PostgresConnection {
    try await PostgresConnection.connect(to: proxy.connectionString(database: "postgres"))
  }

  @Test("Uncut, it passes on everything both ways, and counts it")
  func passes() async throws {
    let proxy = try await Self.proxy()
    let connection = try await Self.connection(proxy)
    let text = String(repeating: "青岛", count: 400_000)
    let before = proxy.messageCount(.toServer)
    #expect(try await connection.query("select $1 || ''", [text]).value == text)
    // Parse, Bind, Describe, Execute, Sync.
    #expect(proxy.messageCount(.toServer) == before + 5)
    await connection.close()
    #expect(proxy.connectionCount == 1)
    #expect(proxy.faults == [])
  }

  @Test("Cut before a statement's answer, the statement was done; cut before the statement, it was not")
  func beforeAndAfter() async throws {
    for (direction, kind, isDone) in [
      (MessageDirection.toClient, "C", "t"), (.toServer, "Q", "f"),
    ] as [(MessageDirection, Character, String)] {
      try await TemporaryServer.shared.withDatabase { direct in
        let proxy = try await Self.proxy()
        let database = try #require(direct.split(separator: " ")[1].split(separator: "=").last)
        let connection = try await PostgresConnection.connect(
          to: proxy.connectionString(database: String(database)))
        proxy.follow { message in
          message.direction == direction && message.kind == .lettered(kind) ? .cut(afterBytes: 0) : .pass
        }
        let error = await #expect(throws: PostgresError.self) {
          try await connection.execute("create table t (n int)")
        }
        #expect(error?.kind == .connectionLost)
        #expect(error?.isEffectUnknown == true)
        #expect(proxy.faults.count == 1)
        let observer = try await PostgresConnection.connect(to: direct)
        #expect(try await observer.query("select to_regclass('t') is not null").value == isDone)
        await observer.close()
      }
    }
  }

  @Test("A frozen connection gives no answer, keeps its socket, and goes on when thawed")
  func freeze() async throws {
    let proxy = try await Self.proxy()
    let connection = try await Self.connection(proxy)
    proxy.follow { $0.kind == .lettered("Q") ? .freeze(afterBytes: 3) : .pass }
    async let answer: Void = connection.execute("select 1")
    await proxy.firstFault()
    let other = try await Self.connection(proxy)
    #expect(try await other.query("select 2").value == "2")
    #expect(connection.isOpen)
    proxy.thaw()
    try await answer
    await connection.close()
    await other.close()
  }

  @Test("A client that is cut off alone leaves its session behind on the server")
  func clientAlone() async throws {
    let proxy = try await Self.proxy()
    let connection = try await Self.connection(proxy)
    let pid = String(connection.server.backendPID)
    proxy.follow { $0.kind == .lettered("Q") ? .cutClient(afterBytes: 0) : .pass }
    await #expect(throws: PostgresError.self) { try await connection.execute("select 1") }
    let observer = try await PostgresConnection.connect(to: TemporaryServer.shared.connectionString())
    let sql = "select count(*) from pg_stat_activity where pid = $1"
    #expect(try await observer.query(sql, [pid]).value == "1")
    proxy.cutAll()
    try await until { try await observer.query(sql, [pid]).value == "0" }
    await observer.close()
  }

  @Test("It turns connections away as a server that is down, and counts requests to cancel")
  func turnsAway() async throws {
    let proxy = try await Self.proxy()
    proxy.turnAway()
    let error = await #expect(throws: PostgresError.self) { try await Self.connection(proxy) }
    #expect(error?.kind == .unreachable)
    proxy.turnAway(false)
    let connection = try await Self.connection(proxy)
    #expect(try await connection.query("select 1").value == "1")
    #expect(proxy.cancelRequestCount == 0)
    await connection.close()
  }
}
