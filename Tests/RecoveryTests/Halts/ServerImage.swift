import Foundation
import PostgresClient
import TestSupport

/// A server's files as they are at a moment when all of its processes stand still, which is what is there after all of them
/// were killed at that moment; and a server that starts from them, as one does after a crash.
final class ServerImage: Sendable {
  private let folder: String
  private let guardian: ServerGuardian

  /// Returns when the files are copied and the original may go on.
  init(of server: TemporaryServer) async throws {
    folder = "\(TemporaryServer.parentFolder)/image-\(UUID().uuidString.prefix(8))"
    guardian = try ServerGuardian(script: Self.script, [server.folder, folder])
    guard await guardian.isReady() else { throw ServerFailedToStart(log: "the copy of its files failed") }
  }

  func connectionString(database: String) -> String { "host=\(folder) dbname=\(database) user=postgres" }

  /// Returns when the server has recovered and answers.
  func recover() async throws {
    try await until {
      guard let connection = try? await PostgresConnection.connect(to: connectionString(database: "postgres"))
      else {
        let log = (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? ""
        guard !log.contains("FATAL:  could not") && !log.contains("PANIC") else {
          throw ServerFailedToStart(log: log)
        }
        return false
      }
      await connection.close()
      return true
    }
  }

  private static let script = """
    folder=$2
    trap '' INT HUP TERM PIPE
    if [ "$(id -u)" = 0 ]; then
      as_server() { exec setpriv --reuid=postgres --regid=postgres --init-groups "$@"; }
    else
      as_server() { exec "$@"; }
    fi
    program=$(pg_config --bindir)/postgres
    (as_server mkdir -m 700 "$folder") && cp -a "$1/data" "$folder/data" && rm "$folder/data/postmaster.pid" ||
      { echo failed; rm -rf "$folder"; exit 1; }
    echo 'done'
    (cd "$folder"; trap - TERM PIPE; as_server "$program" -D "$folder/data" -c "unix_socket_directories=$folder" </dev/null >"$folder/log" 2>&1) &
    exec >/dev/null 2>&1
    cat
    kill -QUIT $!
    wait
    rm -rf "$folder"
    """
}
