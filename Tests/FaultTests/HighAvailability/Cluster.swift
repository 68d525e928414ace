import Foundation
import PostgresClient
import Synchronization
import TestSupport

/// etcd, Patroni with its PostgreSQL nodes, and PgBouncer with what points it at the primary, each as on a machine of
/// its own, set up as the page on high availability says. All of it is gone when nothing refers to it any more or the
/// process ends, however it ends.
final class Cluster: Sendable {
  /// The database nodes: `db1`, `db2`, ...
  let nodes: [String]
  let folder: String
  private let network: String
  private let isSynchronous: Bool
  private let guardian: ServerGuardian
  private static let count = Atomic<Int>(0)

  /// Starts all and waits until the standbys stream.
  ///
  /// - Parameter replacing: settings to be read otherwise than they are on the page.
  init(nodeCount: Int, replacing: [String: String] = [:]) async throws {
    let number = Self.count.add(1, ordering: .relaxed).newValue
    let process = ProcessInfo.processInfo.processIdentifier
    nodes = (1...nodeCount).map { "db\($0)" }
    folder = "\(TemporaryServer.parentFolder)/cluster-\(process)-\(number)"
    network =
      Self.hasNamespaces ? "198.18.\((Int(process) + number) % 256)" : "127.\(1 + process % 254).\(number)"
    isSynchronous = replacing["synchronous_mode: true"] == nil
    let page = ClusterPage(
      network: network, folder: folder, replacing: ClusterPage.hasty.merging(replacing) { $1 })
    for machine in nodes + ["etcd1", "etcd2", "etcd3", "bouncer"] { try page.write(machine: machine) }
    let passwords = FileManager.default.createFile(
      atPath: folder + "/passwords", contents: Data("*:*:*:postgres:CHANGE-ME-1\n".utf8),
      attributes: [.posixPermissions: 0o600])
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "cluster.sh")
    guardian = try ServerGuardian(
      script: try String(contentsOf: script, encoding: .utf8), [folder, network] + nodes)
    guard passwords, await guardian.isReady() else { throw ClusterFailure(log: log) }
    try await primaryWhenWhole()
    // PgBouncer is told within a second or two.
    _ = try await primary(among: ["bouncer"])
  }

  /// Names any of the nodes, or PgBouncer, for the superuser.
  func connectionString(to machines: [String], database: String) -> String {
    let hosts = machines.map { "\(network).\($0 == "bouncer" ? "31" : "1" + $0.dropFirst(2))" }
    let port = machines == ["bouncer"] ? 6432 : 5432
    return "host=\(hosts.joined(separator: ",")) port=\(port) dbname=\(database) user=postgres"
      + " passfile=\(folder)/passwords connect_timeout=2"
  }

  /// Does something to a machine that `cluster.sh` knows, such as `freeze db1`.
  func perform(_ action: String, _ machine: String) async throws {
    guard await guardian.control("\(action) \(machine)") else {
      throw ClusterFailure(log: "\(action) \(machine): \(log)")
    }
  }

  // MARK: Watching

  /// Returns when there is a primary all of whose standbys stream, one of which may take over: its name.
  @discardableResult
  func primaryWhenWhole() async throws -> String {
    let isWhole = "select count(*) = \(nodes.count - 1) from pg_stat_replication where state = 'streaming'"
    var found: String?
    try await wait(for: "whole cluster") {
      // One that was replaced and has not noticed says what it said before: Patroni has to say it, too.
      for node in nodes where found == nil {
        let others = nodes.filter { $0 != node }
        if await isPrimary(node, where: isWhole), await guardian.control("is_primary \(node)"),
          try await hasSynchronous(among: others)
        {
          found = node
        }
      }
      return found != nil
    }
    return found ?? ""
  }

  private func hasSynchronous(among nodes: [String]) async throws -> Bool {
    guard isSynchronous else { return true }
    for node in nodes where await guardian.control("is_synchronous \(node)") { return true }
    return false
  }

  /// Returns when another node than this has become the primary: its name.
  func primary(otherThan old: String) async throws -> String {
    try await primary(among: nodes.filter { $0 != old })
  }

  private func primary(among machines: [String]) async throws -> String {
    var found: String?
    try await wait(for: "primary among \(machines)") {
      for machine in machines where found == nil {
        if await isPrimary(machine) { found = machine }
      }
      return found != nil
    }
    return found ?? ""
  }

  private func isPrimary(_ node: String, where condition: String = "select true") async -> Bool {
    await answer(of: node, to: "select not pg_is_in_recovery() and (\(condition))") == "t"
  }

  /// Returns when the condition holds.
  ///
  /// - Throws: `ClusterFailure` with all that the machines have to say, when it is too late for it to come true.
  func wait(for what: String, _ condition: () async throws -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(120)
    try await until {
      if try await condition() { return true }
      if ContinuousClock.now > end { throw ClusterFailure(log: "No \(what).\n\(log)") }
      return false
    }
  }

  /// What a node answers at once; `nil` when it does not.
  func answer(of node: String, to sql: String, database: String = "postgres") async -> String? {
    var options = PostgresConnectOptions()
    options.deadline = .seconds(2)
    let target = connectionString(to: [node], database: database)
    guard let connection = try? await PostgresConnection.connect(to: target, options) else { return nil }
    let answer = try? await connection.query(sql).value
    await connection.close()
    return answer
  }

  /// The last that each machine has to say.
  private var log: String {
    let machines = nodes + ["etcd1"]
    let files = ["log", "bouncer/pgbouncer.log", "bouncer/primary.ini"] + machines.map { "\($0)/log" }
    return files.map { "\(folder)/\($0)" }.map { place in
      let text = (try? String(contentsOfFile: place, encoding: .utf8)) ?? ""
      return "\(place):\n" + text.split(separator: "\n").suffix(40).joined(separator: "\n")
    }.joined(separator: "\n")
  }
}

// MARK: What there is to make one of

extension Cluster {
  /// Programs that are not installed.
  static let missingPrograms: [String] = {
    let path = (ProcessInfo.processInfo.environment["PATH"] ?? "") + ":/usr/sbin"
    return ["etcd", "patroni", "pgbouncer", "curl"].filter { program in
      !path.split(separator: ":").contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
      }
    }
  }()

  /// Whether machines can have networks of their own, and cables that can be cut.
  static let hasNamespaces: Bool = {
    let trial = Process()
    trial.executableURL = URL(fileURLWithPath: "/bin/sh")
    trial.arguments = ["-c", "n=gl$$; ip netns add $n && ip netns delete $n"]
    trial.standardError = FileHandle.nullDevice
    guard (try? trial.run()) != nil else { return false }
    trial.waitUntilExit()
    return trial.terminationStatus == 0
  }()
}

/// A cluster did not come up, or did not become whole again, or would not do what it was told.
struct ClusterFailure: Error, CustomStringConvertible {
  let log: String

  var description: String { log }
}
