import FoundationEssentials
import Glibc
import GuaranteeLedger
import PostgresClient
import PrivatePostgres

/// The private server, as the program makes it, on which everything is measured.
struct BenchmarkServer: Sendable {
  /// A folder that is gone when the run has ended.
  let folder: String
  let dataDirectory: String
  /// What psql takes, for the database of the program's own ledger.
  let connectionString: String
  let programs: PostgresPrograms

  /// Runs `body` with a server.
  ///
  /// - Parameter keptFolder: where its data stays, and was left by an earlier run; `nil`: a new one, gone
  ///   afterwards.
  static func running(keeping keptFolder: String?, _ body: (BenchmarkServer) async throws -> Void)
    async throws
  {
    let folder = try keptFolder.map(makeFolder) ?? makeFolder()
    let server = PrivateServer(dataDirectory: folder + "/data")
    let outcome: Result<Void, any Error>
    do {
      let connectionString = try await server.start()
      let programs = try PostgresPrograms(of: server)
      outcome = .success(
        try await body(
          BenchmarkServer(
            folder: folder, dataDirectory: server.dataDirectory, connectionString: connectionString,
            programs: programs)))
    } catch {
      outcome = .failure(error)
    }
    // In a task of its own, so that it runs when this one was cancelled.
    await Task { _ = try? await server.stop() }.value
    if keptFolder == nil { try? FileManager.default.removeItem(atPath: folder) }
    try outcome.get()
  }

  /// Makes a database that is there as long as the server.
  /// - Returns: what psql takes.
  func makeDatabase(_ name: String) async throws -> String {
    try await execute("create database \(name)")
    return "\(connectionString) dbname=\(name)"
  }

  /// Runs `body` with the connection string of a new database, dropped afterwards.
  func withDatabase<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    let name = "benchmark_\(UInt32.random(in: .min ... .max))"
    let database = try await makeDatabase(name)
    let outcome: Result<Value, any Error>
    do {
      outcome = .success(try await body(database))
    } catch {
      outcome = .failure(error)
    }
    try? await execute("drop database \(name) with (force)")
    return try outcome.get()
  }

  /// Runs `body` with the connection string of a new database that holds an empty ledger.
  func withLedger<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    try await withDatabase { connectionString in
      _ = try await Ledger.migrate(connectionString)
      return try await body(connectionString)
    }
  }

  /// Brings to disk what went before, so that the next measurement doesn't pay for it.
  func settle() async throws {
    try await execute("checkpoint")
    sync()
  }

  /// Runs a command outside of any ledger.
  func execute(_ sql: String) async throws { _ = try await value(sql) }

  /// Asks for one value: of a database, or outside of any ledger.
  func value(_ sql: String, in database: String? = nil) async throws -> String? {
    try await PostgresConnection.withConnection(to: database ?? connectionString) {
      try await $0.query(sql).value
    }
  }

  private static func makeFolder(_ path: String) throws -> String {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    chmod(path, 0o711)
    guard let whole = realpath(path, nil) else { throw BenchmarkError("\(path) is no folder.") }
    defer { free(whole) }
    return String(cString: whole)
  }

  /// On a disk: `/tmp` may be in memory, where syncing costs nothing and no figure would mean anything.
  private static func makeFolder() throws -> String {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp"
    var template = Array("\(parent)/ledger-benchmark-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw BenchmarkError("No folder could be made in \(parent).") }
    // For the server's user, who makes a cluster of its own in here; clusters are closed to everybody else.
    chmod(template, 0o711)
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
