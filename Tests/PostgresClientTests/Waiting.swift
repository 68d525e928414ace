import Glibc
import PostgresClient
import TestSupport
import Testing

/// The `PostgresError` that a call ends with; `nil` when it ends well.
func result(_ body: () async throws -> some Any) async -> PostgresError? {
  do {
    _ = try await body()
    return nil
  } catch {
    return error as? PostgresError
  }
}

/// Returns when the session of `connection` waits for `event`, as another session sees it.
func waitUntil(
  _ observer: PostgresConnection, sees connection: PostgresConnection, in event: String
) async throws {
  let sql = "select wait_event from pg_stat_activity where pid = $1"
  let pid = String(connection.server.backendPID)
  try await until { try await observer.query(sql, [pid], prepared: true).value == event }
}

func waitUntil(
  _ connectionString: String, sees connection: PostgresConnection, in event: String
) async throws {
  let observer = try await PostgresConnection.connect(to: connectionString)
  try await waitUntil(observer, sees: connection, in: event)
  await observer.close()
}

/// Runs `body` with two connections to one new database.
func withTwoConnections(
  _ body: (PostgresConnection, PostgresConnection) async throws -> Void
) async throws {
  try await TemporaryServer.shared.withDatabase { connectionString in
    let first = try await PostgresConnection.connect(to: connectionString)
    let second = try await PostgresConnection.connect(to: connectionString)
    try await body(first, second)
    await first.close()
    await second.close()
  }
}

/// A TCP port that takes connections and never says a word.
final class SilentServer {
  private let descriptor: Int32
  let connectionString: String

  init() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && listen(descriptor, 8) == 0
          && getsockname(descriptor, $0, &length) == 0
      }
    }
    self.descriptor = descriptor
    connectionString = "host=127.0.0.1 port=\(address.sin_port.bigEndian) dbname=x user=y"
    try #require(isListening)
  }

  deinit {
    close(descriptor)
  }
}

extension PostgresConnection {
  /// Whether a statement runs on it as it should.
  func answers() async throws -> Bool {
    try await query("select 1").value == "1"
  }
}
