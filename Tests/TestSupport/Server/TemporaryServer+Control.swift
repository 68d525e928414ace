import Foundation
import Glibc
import PostgresClient

/// Breaking a server and mending it. For a server of the test's own, never the shared one.
extension TemporaryServer {
  /// Has `pg_ctl` do something and waits until it is done.
  ///
  /// - Throws: `ServerFailedToStart` with the server's log.
  package nonisolated func control(_ action: String) async throws {
    guard await guardian.control(action) else {
      let log = try? String(contentsOfFile: folder + "/data/log", encoding: .utf8)
      throw ServerFailedToStart(log: "pg_ctl \(action): \(log?.suffix(2_000) ?? "")")
    }
  }

  /// Starts it again after a crash. What is left of the processes of before may still hold its shared memory;
  /// then it is tried again.
  package nonisolated func startAgain() async throws {
    for _ in 1..<20 where await guardian.control("start") { return }
    try await control("start")
  }

  /// Returns when it answers, by itself or since it was started: after a crash it may have gone on or not.
  package nonisolated func comeBack() async throws {
    try await until {
      if await answers() { return true }
      _ = await guardian.control("start")
      return await answers()
    }
  }

  /// Whether somebody who asks it something is answered.
  package nonisolated func answers() async -> Bool {
    guard let connection = try? await PostgresConnection.connect(to: connectionString()) else { return false }
    let answer = try? await connection.query("select 1").value
    await connection.close()
    return answer == "1"
  }

  /// The process that all others of the server are children of; `nil` when there is none.
  package nonisolated var processID: Int32? {
    let file = try? String(contentsOfFile: folder + "/data/postmaster.pid", encoding: .utf8)
    return file?.split(separator: "\n").first.flatMap { Int32($0) }
  }

  /// Ends the server as a crash would: the first process at once, the others as they notice.
  package nonisolated func kill() {
    if let processID { Glibc.kill(processID, SIGKILL) }
  }

  /// Ends all of its processes at once, as a machine does that loses its power.
  package nonisolated func killAll() {
    guard let processID else { return }
    // The first of all stands still, so that it starts no others and ends none.
    Glibc.kill(processID, SIGSTOP)
    for child in children(of: processID) { Glibc.kill(child, SIGKILL) }
    Glibc.kill(processID, SIGKILL)
  }

  /// Stops all of its processes in the midst of whatever they do; they keep their sockets open.
  package nonisolated func freeze() {
    guard let processID else { return }
    // The first of all, so that there are no new ones.
    Glibc.kill(processID, SIGSTOP)
    for child in children(of: processID) { Glibc.kill(child, SIGSTOP) }
  }

  /// Lets frozen processes go on.
  package nonisolated func thaw() {
    guard let processID else { return }
    for child in children(of: processID) { Glibc.kill(child, SIGCONT) }
    Glibc.kill(processID, SIGCONT)
  }

  private nonisolated func children(of parent: Int32) -> [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { Int32($0) }.filter { pid in
      guard let line = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
        let nameEnd = line.lastIndex(of: ")")
      else { return false }
      // Behind the name come the state and the parent's number.
      let fields = line[nameEnd...].split(separator: " ")
      return fields.count > 2 && Int32(fields[2]) == parent
    }
  }
}
