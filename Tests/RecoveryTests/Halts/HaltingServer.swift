import Foundation
import PostgresClient
import TestSupport

/// A server whose sessions can be told to stand still, or to end as by `kill -9`, between two of their statements.
struct HaltingServer: Sendable {
  let server: TemporaryServer
  /// Where the library is that the server's processes have loaded.
  private let folder: TemporaryFolder

  private static let compiler = "/usr/bin/cc"

  static var canBeMade: Bool { FileManager.default.isExecutableFile(atPath: compiler) }

  init() async throws {
    folder = try TemporaryFolder()
    let library = folder.file("halting.so")
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "halting.c")
    let run = try await Program(path: Self.compiler).run([
      "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, source.path, "-ldl",
    ])
    guard run.exitCode == 0 else { throw ServerFailedToStart(log: run.errors) }
    for path in [folder.path, library] {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    // Nobody but the sessions writes, and there is no more of the log to copy than was written.
    let settings = [
      "checkpoint_timeout = 1d", "max_wal_size = 4GB", "wal_writer_delay = 10s", "wal_init_zero = off",
      "wal_recycle = off",
    ]
    server = try await TemporaryServer(settings: settings, environment: ["LD_PRELOAD": library])
  }

  /// The connection string of a session that ends at a place, by its number; at 0 it only counts them.
  func connectionString(database: String, endingAt place: Int) -> String {
    server.connectionString(database: database) + " options='-c halt.at=\(place)'"
  }

  /// The connection string of a session that stands still at each so many places.
  func connectionString(database: String, haltingAtEach stride: Int) -> String {
    server.connectionString(database: database) + " options='-c halt.each=\(stride)'"
  }

  /// How many places there were in the last session that went through any.
  func placeCount() async throws -> Int {
    var count: Int?
    try await until {
      count = (try? String(contentsOfFile: server.folder + "/data/halt.count", encoding: .utf8)).flatMap {
        Int($0)
      }
      return count != nil
    }
    try FileManager.default.removeItem(atPath: server.folder + "/data/halt.count")
    return count ?? 0
  }

  /// Makes images of the server, one whenever each of some sessions stands still at a place or has ended.
  ///
  /// - Parameters:
  ///   - databases: in which the sessions are, one in each.
  ///   - running: what is done in each session, by its number.
  ///   - check: gets each image with its number, from 1 on, and the databases whose sessions stand still in it;
  ///     the others' have ended. Some are looked at at once.
  /// - Returns: How many times a session stood still.
  func images(
    of databases: [String], running: @escaping @Sendable (Int) async throws -> Void,
    checking check: @escaping @Sendable (ServerImage, Int, Set<String>) async throws -> Void
  ) async throws -> Int {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in databases.indices { group.addTask { try await running(number) } }
      do {
        let haltCount = try await images(of: sessions(in: databases), check)
        try await group.waitForAll()
        return haltCount
      } catch {
        // Nobody else would let them go on.
        server.killAll()
        throw error
      }
    }
  }

  private func images(
    of sessions: [Session], _ check: @escaping @Sendable (ServerImage, Int, Set<String>) async throws -> Void
  ) async throws -> Int {
    var (number, haltCount) = (0, 0)
    try await withThrowingTaskGroup(of: Void.self) { group in
      while true {
        var standing: Set<String> = []
        for session in sessions where try await isStanding(session.process) {
          standing.insert(session.database)
        }
        if standing.isEmpty { break }
        number += 1
        haltCount += standing.count
        // Now and then what is not committed goes to the files, and there is less of the log to copy and to go through.
        if number.isMultiple(of: 40) { try await server.run("checkpoint") }
        server.freeze()
        let image = try await ServerImage(of: server)
        server.thaw()
        // As many as the machine has something to do with.
        if number > 3 { try await group.next() }
        group.addTask { [number, standing] in try await check(image, number, standing) }
      }
      try await group.waitForAll()
    }
    return haltCount
  }

  private typealias Session = (database: String, process: String)

  /// The processes of sessions, once they are there.
  private func sessions(in databases: [String]) async throws -> [Session] {
    let connection = try await PostgresConnection.connect(to: server.connectionString())
    let sql = "select datname, pid from pg_stat_activity where datname = any(string_to_array($1, ' '))"
    var sessions: [Session] = []
    try await until {
      try await connection.execute("select pg_stat_clear_snapshot()")
      sessions = try await connection.query(sql, [databases.joined(separator: " ")]).rows.map {
        ($0[0] ?? "", $0[1] ?? "")
      }
      return sessions.count == databases.count
    }
    await connection.close()
    return sessions
  }

  /// Waits until a process stands still, or has ended: then it is false.
  private func isStanding(_ process: String) async throws -> Bool {
    var isStanding = false
    try await until {
      guard let line = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
        return true
      }
      isStanding = line.contains(") T ")
      return isStanding
    }
    return isStanding
  }
}
