import TestSupport
import Testing

@testable import PostgresClient

@Suite("Asking for a server that takes changes")
struct ReadWriteTests {
  private var options: PostgresConnectOptions {
    var options = PostgresConnectOptions()
    options.requiresReadWrite = true
    return options
  }

  @Test("A server that takes none is not taken, unless the connection string says that it will do")
  func standby() async throws {
    try await TemporaryServer.shared.withDatabase { connectionString in
      let connection = try await PostgresConnection.connect(to: connectionString, options)
      let name = connection.server.database
      try await connection.execute("alter database \(name) set default_transaction_read_only to on")
      await connection.close()
      let error = await result { try await PostgresConnection.connect(to: connectionString, options) }
      #expect(error?.kind == .unreachable)
      #expect(error?.isPermanentRefusal == false)
      let reading = connectionString + " target_session_attrs=any"
      await #expect(throws: Never.self) {
        await (try await PostgresConnection.connect(to: reading, options)).close()
      }
    }
  }

  @Test("Only what nobody has chosen is chosen")
  func keywords() {
    func chosen(_ connectionString: String) -> [String] {
      options.keywords(for: connectionString).map(\.keyword)
    }
    #expect(chosen("host=a,b").contains("target_session_attrs"))
    #expect(!chosen("host=a,b target_session_attrs=primary").contains("target_session_attrs"))
    #expect(chosen("dbname=x").contains("connect_timeout"))
    #expect(!chosen("dbname=x target_session_attrs=primary").contains("target_session_attrs"))
    #expect(!chosen("postgresql://h/x?connect_timeout=7").contains("connect_timeout"))
    #expect(!PostgresConnectOptions().keywords(for: "x").map(\.keyword).contains("target_session_attrs"))
  }

  @Test("A pool closes the connections to a server that no longer takes changes")
  func demoted() async throws {
    var poolOptions = PostgresPoolOptions()
    poolOptions.connect = options
    try await withPool(connections: 1, poolOptions) { pool in
      let first = try await pool.withConnection { connection in
        try await connection.execute("set default_transaction_read_only to on")
        let error = await result { try await connection.execute("create table t (n int)") }
        #expect(error?.sqlState == .readOnlyTransaction)
        #expect(connection.isOpen && connection.isRetired)
        return connection.server.backendPID
      }
      let second = try await pool.withConnection { connection in
        try await connection.execute("create table t (n int)")
        return connection.server.backendPID
      }
      #expect(first != second)
    }
  }
}
