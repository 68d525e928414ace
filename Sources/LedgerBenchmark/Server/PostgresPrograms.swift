import Glibc
import PrivatePostgres

/// The programs of the PostgreSQL that the server is of, and the user that it runs as.
struct PostgresPrograms: Sendable {
  private let folder: String
  private let user: uid_t
  private let group: gid_t

  init(of server: PrivateServer) throws {
    var found = stat()
    guard let process = server.status().process, stat("/proc/\(process)", &found) == 0,
      let program = realpath("/proc/\(process)/exe", nil)
    else { throw BenchmarkError("The private server does not run.") }
    defer { free(program) }
    folder = String(String(cString: program).dropLast("/postgres".count))
    (user, group) = (found.st_uid, found.st_gid)
  }

  var psql: ExternalProgram { client("psql") }
  var pgbench: ExternalProgram { client("pgbench") }
  var initdb: ExternalProgram { asServer("initdb") }
  var pgCtl: ExternalProgram { asServer("pg_ctl") }

  private func client(_ name: String) -> ExternalProgram { ExternalProgram(path: "\(folder)/\(name)") }

  /// As the user of the server, since PostgreSQL refuses to run as root.
  private func asServer(_ name: String) -> ExternalProgram {
    let change = ["setpriv", "--reuid=\(user)", "--regid=\(group)", "--clear-groups", "--"]
    return ExternalProgram(path: "\(folder)/\(name)", prefix: user == geteuid() ? [] : change)
  }

  /// Makes the server's user the owner of a folder.
  func handOver(_ folder: String) {
    _ = chown(folder, user, group)
  }
}
