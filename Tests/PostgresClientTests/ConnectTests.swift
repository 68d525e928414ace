import PostgresClient
import Synchronization
import TestSupport
import Testing

@Suite("Connecting")
struct ConnectTests {
  @Test("A server that can't be reached is named, each of several")
  func unreachable() async throws {
    let error = await #expect(throws: PostgresError.self) {
      try await PostgresConnection.connect(
        to: "host=127.0.0.1,/no/such/folder port=1,2 dbname=x user=y")
    }
    #expect(error?.kind == .unreachable)
    #expect(error?.effect == PostgresError.Effect.none)
    #expect(error?.message.contains("127.0.0.1") == true)
    #expect(error?.message.contains("/no/such/folder/.s.PGSQL.2") == true)
    #expect(error?.message.contains("\n") == false)
  }

  @Test("A host whose name is unknown is named")
  func unknownHost() async throws {
    let error = await #expect(throws: PostgresError.self) {
      try await PostgresConnection.connect(to: "postgresql://no-such-host.invalid/x")
    }
    #expect(error?.kind == .unreachable)
    #expect(error?.message.contains("no-such-host.invalid") == true)
  }

  @Test("Of several hosts the first that answers is taken")
  func severalHosts() async throws {
    let server = try await TemporaryServer.shared
    let connection = try await PostgresConnection.connect(
      to:
        "host=127.0.0.1,\(server.folder) port=1,5432 dbname=postgres user=postgres target_session_attrs=read-write"
    )
    #expect(connection.server.host == server.folder)
    #expect(connection.server.database == "postgres")
    #expect(connection.server.user == "postgres")
    #expect(connection.server.version >= 150_000)
    await connection.close()
  }

  @Test("A URI is taken, with a name for the application of its own")
  func uri() async throws {
    let folder = try await TemporaryServer.shared.folder.replacing("/", with: "%2F")
    let connection = try await PostgresConnection.connect(
      to: "postgresql://postgres@\(folder)/postgres?application_name=auditor",
      applicationName: "other")
    #expect(try await connection.query("show application_name").value == "auditor")
    #expect(try await connection.query("show client_encoding").value == "UTF8")
    await connection.close()
  }

  @Test(
    "A connection string that can't be read is refused without showing it",
    arguments: [
      "postgresql://me:hush%zz@host/x", "postgresql://me:hush@[host/x", "host=h password='hush",
      "password=hush hush",
      "postgresql://me:hush@host/y?z",
    ])
  func unreadable(string: String) async throws {
    let error = await #expect(throws: PostgresError.self) {
      try await PostgresConnection.connect(to: string)
    }
    #expect(error?.kind == .misuse)
    #expect(error?.message == "the connection string can't be read")
  }

  @Test("A database that isn't there is named")
  func noDatabase() async throws {
    let connectionString = try await TemporaryServer.shared.connectionString(database: "nowhere")
    let error = await #expect(throws: PostgresError.self) {
      try await PostgresConnection.connect(to: connectionString)
    }
    #expect(error?.kind == .unreachable)
    #expect(error?.message.contains("database \"nowhere\" does not exist") == true)
  }

  @Test("Notices reach the one who asked for them")
  func notices() async throws {
    let heard = Mutex<[String]>([])
    var options = PostgresConnectOptions()
    options.onNotice = { notice in heard.withLock { $0.append(notice.message) } }
    try await withConnection(options: options) { connection in
      try await connection.execute("do $$ begin raise notice 'hello'; end $$")
    }
    #expect(heard.withLock { $0 } == ["hello"])
  }

  @Test("A closed connection says so")
  func closed() async throws {
    try await withConnection { connection in
      #expect(connection.isOpen)
      await connection.close()
      #expect(!connection.isOpen)
      let error = await #expect(throws: PostgresError.self) {
        try await connection.query("select 1")
      }
      #expect(error?.kind == .closed)
      await connection.close()
    }
  }
}
