import Foundation

/// The files that the page on high availability shows, as the machines of a test need them: what is tested is what
/// is recommended.
struct ClusterPage {
  /// Differs for a test: it doesn't wait as long before it acts, has no watchdog, and keeps less of the past.
  static let hasty = [
    "ttl: 30": "ttl: 8", "loop_wait: 10": "loop_wait: 1", "retry_timeout: 10": "retry_timeout: 3",
    "mode: required": "mode: 'off'",
    "wal_log_hints: \"on\"": "wal_log_hints: \"on\"\n        max_wal_size: 256MB",
  ]

  /// The first three numbers of the addresses.
  let network: String
  /// Below it each machine has a folder for all that is its own.
  let folder: String
  /// Settings to be read otherwise, such as `synchronous_mode: true`.
  let replacing: [String: String]

  private static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Writes the files of a machine: `db2`, `etcd1` or `bouncer`.
  func write(machine: String) throws {
    let place = URL(fileURLWithPath: folder).appendingPathComponent(machine)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    for (name, text) in try files(of: machine) {
      try adapted(text, to: machine).write(
        to: place.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
  }

  private func files(of machine: String) throws -> [String: String] {
    guard let number = machine.last?.wholeNumberValue else {
      return [
        "pgbouncer.ini": try shown("/etc/pgbouncer/pgbouncer.ini"),
        "follow-primary": try shown("/usr/local/sbin/follow-primary"),
        "primary.ini": "* = host=10.0.0.11 port=5432\n", "userlist.txt": "\"postgres\" \"CHANGE-ME-1\"\n",
      ]
    }
    if machine.hasPrefix("db") {
      let config = try shown("/etc/patroni/config.yml").replacingOccurrences(of: "db1", with: machine)
      return ["config.yml": config.replacingOccurrences(of: "10.0.0.11", with: "10.0.0.1\(number)")]
    }
    // The list of all members is the same for each.
    let lines = try shown("/etc/default/etcd").split(separator: "\n").map { line in
      line.hasPrefix("ETCD_INITIAL_CLUSTER=")
        ? String(line)
        : line.replacingOccurrences(of: "etcd1", with: machine)
          .replacingOccurrences(of: "10.0.0.21", with: "10.0.0.2\(number)")
    }
    return ["etcd": lines.joined(separator: "\n")]
  }

  /// The block of the page that stands behind the name of a file.
  private func shown(_ path: String) throws -> String {
    let page = try String(
      contentsOf: Self.repository.appendingPathComponent(
        "Sources/GuaranteeLedger/GuaranteeLedger.docc/HighAvailability.md"), encoding: .utf8)
    guard let name = page.range(of: "`\(path)`"), case let rest = page[name.upperBound...],
      let start = rest.range(of: "```"), let end = rest[start.upperBound...].range(of: "\n```"),
      let line = rest[start.upperBound..<end.lowerBound].firstIndex(of: "\n")
    else { throw NotOnThePage(path: path) }
    return rest[rest.index(after: line)..<end.upperBound].dropLast(3) + ""
  }

  private func adapted(_ text: String, to machine: String) throws -> String {
    var text = text
    for (shown, meant) in replacing {
      text = text.replacingOccurrences(of: shown, with: meant)
    }
    let places = [
      // All that comes from this machine itself comes from 127.0.0.1.
      "10.0.0.0/24": network.hasPrefix("127.") ? "127.0.0.0/8" : "\(network).0/24", "10.0.0.": "\(network).",
      "/var/lib/etcd/ledger": "\(folder)/\(machine)/data",
      "/var/lib/postgresql/15/ledger": "\(folder)/\(machine)/data",
      "/var/lib/postgresql": "\(folder)/\(machine)",
      "/var/run/postgresql": "\(folder)/\(machine)", "/var/log/postgresql": "\(folder)/\(machine)",
      "/etc/pgbouncer": "\(folder)/\(machine)",
    ]
    // Longer ones first, since one begins with another.
    for (shown, meant) in places.sorted(by: { $0.key.count > $1.key.count }) {
      text = text.replacingOccurrences(of: shown, with: meant)
    }
    return text
  }
}

struct NotOnThePage: Error {
  let path: String
}
