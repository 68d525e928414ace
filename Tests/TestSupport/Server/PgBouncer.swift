import Foundation
import PostgresClient

/// A real PgBouncer in transaction mode before a test server: on a Unix socket in a folder of its own, gone when
/// nothing refers to it any more or the process ends, however it ends.
package final class PgBouncer: Sendable {
  /// The folder of its socket.
  package let folder: String
  /// The process that minds PgBouncer, and the input whose end tells it to stop.
  private let guardian: ServerGuardian

  /// - Parameters:
  ///   - proxy: what it reaches the server through; `nil` for the straight way.
  ///   - serverConnections: how many sessions of the server there are for each database; all clients share them.
  package init(
    before server: TemporaryServer, through proxy: CuttingProxy? = nil, serverConnections: Int = 2
  ) async throws {
    guard let program = Self.program else {
      throw ProgramMissing(name: "pgbouncer")
    }
    folder = server.folder + "/pgbouncer-\(UUID().uuidString.prefix(8))"
    let settings = """
      [databases]
      * = host=\(proxy?.folder ?? server.folder)
      [pgbouncer]
      pool_mode = transaction
      default_pool_size = \(serverConnections)
      max_client_conn = 500
      listen_addr =
      listen_port = \(Self.port)
      unix_socket_dir = \(folder)
      auth_type = trust
      auth_file = \(folder)/users
      admin_users = postgres
      logfile = \(folder)/log
      server_login_retry = 0.2
      """
    guardian = try ServerGuardian(script: Self.script, [folder, program, settings])
    guard await guardian.isReady() else { throw ServerFailedToStart(log: log) }
    try await waitUntilItAnswers()
  }

  /// The connection string of a database of the server, by way of PgBouncer.
  package func connectionString(database: String = "postgres") -> String {
    "host=\(folder) port=\(Self.port) dbname=\(database) user=postgres"
  }

  /// The same for a connection string of the server's own.
  package func connectionString(instead direct: String) -> String {
    // Of two values the later counts.
    direct + " host=\(folder) port=\(Self.port)"
  }

  private func waitUntilItAnswers() async throws {
    let console = connectionString(database: "pgbouncer")
    try await until {
      guard guardian.isRunning else { throw ServerFailedToStart(log: log) }
      guard let connection = try? await PostgresConnection.connect(to: console) else { return false }
      await connection.close()
      return true
    }
  }

  private var log: String { (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? "" }

  package static let port = 6432

  /// Debian puts it where not everybody's `PATH` leads.
  private static var program: String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return (folders + ["/usr/sbin"]).map { $0 + "/pgbouncer" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Root hands over to postgres first, as PgBouncer refuses to run as root.
  private static let script = """
    folder=$1
    trap '' INT HUP TERM
    if [ "$(id -u)" = 0 ]; then
      as_server() { exec setpriv --reuid=postgres --regid=postgres --init-groups "$@"; }
    else
      as_server() { exec "$@"; }
    fi
    (as_server mkdir -m 700 "$folder") || exit 1
    echo '"postgres" ""' > "$folder/users"
    printf '%s\\n' "$3" > "$folder/settings.ini"
    [ "$(id -u)" != 0 ] || chown postgres "$folder"/*
    (cd "$folder"; trap - TERM; as_server "$2" -q "$folder/settings.ini" </dev/null >/dev/null 2>&1) &
    echo 'done'
    exec >/dev/null
    cat >/dev/null
    kill -TERM $! 2>/dev/null
    wait
    rm -rf "$folder"
    """
}

/// A program that only tests need is not installed.
package struct ProgramMissing: Error, CustomStringConvertible {
  package let name: String

  package var description: String {
    "The tests need the program \(name), which is not installed: run .ci/install \(name)."
  }
}
