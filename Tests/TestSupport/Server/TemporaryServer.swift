import Foundation
import PostgresClient
import Synchronization

/// A PostgreSQL of the test process's own: on a Unix socket in a temporary folder, gone when the process
/// ends, however it ends.
package actor TemporaryServer {
  /// The folder of the socket, and of all else.
  package nonisolated let folder: String
  nonisolated let guardian: ServerGuardian
  private var templates: [String: Task<Void, any Error>] = [:]
  /// Tests run by the hundred at once, each takes several connections, and few have as much of the machine as they
  /// need.
  private nonisolated let places = Places(count: 8)
  /// Whoever has a place waits for no other: those who have the rest might do the same.
  @TaskLocal private static var hasPlace = false

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
    if Self.hasPlace { return try await withNewDatabase(template: template, body) }
    await places.take()
    defer { places.free() }
    return try await Self.$hasPlace.withValue(true) {
      try await withNewDatabase(template: template, body)
    }
  }

  private nonisolated func withNewDatabase<Value>(
    template: DatabaseTemplate?, _ body: (String) async throws -> Value
  ) async throws -> Value {
    let name = try await makeDatabase(template: template)
    let outcome: Result<Value, any Error>
    do {
      outcome = .success(try await body(connectionString(database: name)))
    } catch {
      outcome = .failure(error)
    }
    try await run("drop database \(name) with (force)")
    return try outcome.get()
  }

  /// Makes a database that stays for as long as the server does, and returns its name.
  package nonisolated func makeDatabase(template: DatabaseTemplate? = nil) async throws -> String {
    if let template { try await prepare(template) }
    let number = Self.databaseCount.add(1, ordering: .relaxed).newValue
    let name = "test_\(number)"
    try await run(
      "create database \(name) template \(template?.name ?? "template1") strategy file_copy")
    return name
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

  /// Runs a statement of the superuser on a connection of its own.
  package nonisolated func run(_ sql: String) async throws {
    try await PostgresConnection.withConnection(to: connectionString()) { try await $0.execute(sql) }
  }

  /// Starts a server beside the shared one, for a test that breaks it or sets it up in a way of its own. It
  /// is gone when nothing refers to it any more.
  ///
  /// - Parameters:
  ///   - settings: lines of `postgresql.conf`, such as `wal_level=logical`.
  ///   - primary: a server that it follows as a standby; `nil` when it is a primary itself.
  ///   - base: the folder of a base backup that it recovers from, as the settings say how far.
  ///   - parent: the folder in which its own is made; `nil` where it is quickest.
  ///   - environment: what it finds in its environment, without blanks.
  package init(
    settings: [String] = [], following primary: TemporaryServer? = nil, recovering base: String? = nil,
    in parent: String? = nil, environment: [String: String] = [:]
  ) async throws {
    let number = Self.serverCount.add(1, ordering: .relaxed).newValue
    let parent = parent ?? Self.parentFolder
    let folder = "\(parent)/pg-\(ProcessInfo.processInfo.processIdentifier)-\(number)"
    self.folder = folder
    guardian = try ServerGuardian(
      folder: folder, settings: settings, copying: primary?.folder ?? base, environment: environment)
    guard await guardian.isReady() else {
      throw ServerFailedToStart(
        log: (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? "")
    }
  }

  /// Memory, where there is enough of it: files are made and removed many times faster.
  package static var parentFolder: String {
    let memory = "/dev/shm"
    let free =
      try? FileManager.default.attributesOfFileSystem(forPath: memory)[.systemFreeSize] as? Int
    let hasRoom = (free ?? 0) > 2_000_000_000 && FileManager.default.isWritableFile(atPath: memory)
    return hasRoom ? memory : FileManager.default.temporaryDirectory.path
  }
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

/// The server for the tests did not come up, or would not do what it was told.
package struct ServerFailedToStart: Error {
  package let log: String

  package init(log: String) { self.log = log }
}
