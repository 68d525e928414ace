import Foundation
import PostgresClient
import Synchronization

/// A PostgreSQL of the test process's own: on a Unix socket in a temporary folder, gone when the process
/// ends, however it ends.
package actor TemporaryServer {
  /// The folder of the socket, and of all else.
  package nonisolated let folder: String
  private let guardian: Process
  /// Keeps the guardian's input open: its end is the sign that this process has ended.
  private let lifeline: Pipe
  private var templates: [String: Task<Void, any Error>] = [:]
  /// Tests run by the hundred at once, and each takes several connections.
  private nonisolated let places = Places(count: 32)

  private static let starting = Task { try await TemporaryServer() }
  private static let serverCount = Atomic<Int>(0)
  private static let databaseCount = Atomic<Int>(0)

  /// The one server of this process, started by the first who asks.
  package static var shared: TemporaryServer {
    get async throws { try await starting.value }
  }

  /// The connection string of a database of the server, for its superuser.
  package nonisolated func connectionString(database: String = "postgres") -> String {
    "host=\(folder) dbname=\(database) user=postgres"
  }

  /// Runs `body` with the connection string of a new database, which is dropped afterwards.
  package nonisolated func withDatabase<Value>(
    template: DatabaseTemplate? = nil, _ body: (String) async throws -> Value
  ) async throws -> Value {
    await places.take()
    defer { places.free() }
    if let template { try await prepare(template) }
    let number = Self.databaseCount.add(1, ordering: .relaxed).newValue
    let name = "test_\(number)"
    try await run(
      "create database \(name) template \(template?.name ?? "template1") strategy file_copy")
    let outcome: Result<Value, any Error>
    do {
      outcome = .success(try await body(connectionString(database: name)))
    } catch {
      outcome = .failure(error)
    }
    try await run("drop database \(name) with (force)")
    return try outcome.get()
  }

  /// Makes the template when it is first asked for; everyone else waits for that.
  private func prepare(_ template: DatabaseTemplate) async throws {
    let preparing =
      templates[template.name]
      ?? Task {
        try await run("create database \(template.name)")
        try await template.prepare(connectionString(database: template.name))
      }
    templates[template.name] = preparing
    try await preparing.value
  }

  private nonisolated func run(_ sql: String) async throws {
    let connection = try await PostgresConnection.connect(to: connectionString())
    do {
      try await connection.execute(sql)
      await connection.close()
    } catch {
      await connection.close()
      throw error
    }
  }

  /// Starts a server beside the shared one, for a test that breaks it or sets it up in a way of its own. It
  /// is gone when nothing refers to it any more.
  ///
  /// - Parameter settings: lines of `postgresql.conf`, such as `wal_level=logical`.
  package init(settings: [String] = []) async throws {
    let number = Self.serverCount.add(1, ordering: .relaxed).newValue
    let folder = "\(Self.parentFolder)/pg-\(ProcessInfo.processInfo.processIdentifier)-\(number)"
    self.folder = folder
    let guardian = Process()
    let lifeline = Pipe()
    let answers = Pipe()
    guardian.executableURL = URL(fileURLWithPath: "/bin/sh")
    guardian.arguments = [
      "-c", Self.guardianScript, "guardian", folder, settings.joined(separator: "\n"),
    ]
    guardian.standardInput = lifeline
    guardian.standardOutput = answers
    try guardian.run()
    self.guardian = guardian
    self.lifeline = lifeline
    let answer = await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(returning: answers.fileHandleForReading.availableData)
      }
    }
    guard String(decoding: answer, as: UTF8.self) == "ready\n" else {
      throw ServerFailedToStart(
        log: (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? "")
    }
  }

  /// Memory, where there is enough of it: files are made and removed many times faster.
  private static var parentFolder: String {
    let memory = "/dev/shm"
    let free =
      try? FileManager.default.attributesOfFileSystem(forPath: memory)[.systemFreeSize] as? Int
    let hasRoom = (free ?? 0) > 2_000_000_000 && FileManager.default.isWritableFile(atPath: memory)
    return hasRoom ? memory : FileManager.default.temporaryDirectory.path
  }

  /// Makes the cluster, runs the server, and stays until its input ends, to stop the server and remove the
  /// folder. Root hands over to postgres first, as the server refuses to run as root.
  private static let guardianScript = """
    folder=$1
    trap '' INT HUP TERM
    rm -rf "$folder"; mkdir -m 700 "$folder" || exit 1
    if [ "$(id -u)" = 0 ]; then
      chown postgres "$folder"
      as_server() { setpriv --reuid=postgres --regid=postgres --init-groups "$@"; }
    else
      as_server() { "$@"; }
    fi
    programs=$(pg_config --bindir)
    cd "$folder"
    as_server "$programs/initdb" -D "$folder/data" -U postgres -A trust --no-locale -E UTF8 --no-sync \
      >"$folder/log" 2>&1 </dev/null &&
    printf '%s\\n' "$2" | as_server tee -a "$folder/data/postgresql.conf" >/dev/null &&
    as_server "$programs/pg_ctl" start -w -D "$folder/data" -l "$folder/data/log" -o "-c listen_addresses='' \
      -c unix_socket_directories='$folder' -c fsync=off -c full_page_writes=off -c max_connections=200 \
      -c autovacuum=off -c dynamic_shared_memory_type=mmap -c min_wal_size=32MB \
      -c max_wal_size=256MB" >>"$folder/log" 2>&1 </dev/null &&
    echo ready
    exec >/dev/null
    cat >/dev/null
    cd /
    as_server "$programs/pg_ctl" stop -m immediate -D "$folder/data" >/dev/null 2>&1 </dev/null
    rm -rf "$folder"
    """
}

/// A database that new ones are copied from, which takes well under a tenth of a second however long it took
/// to make.
package struct DatabaseTemplate: Sendable {
  package let name: String
  package let prepare: @Sendable (_ connectionString: String) async throws -> Void

  /// - Parameter prepare: fills the database; leaves no connection open.
  package init(
    name: String, prepare: @escaping @Sendable (_ connectionString: String) async throws -> Void
  ) {
    self.name = name
    self.prepare = prepare
  }
}

/// The server for the tests did not come up.
package struct ServerFailedToStart: Error {
  package let log: String
}
