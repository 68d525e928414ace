import PostgresClient

/// What a server's own settings and its connection promise for the books.
struct ServerChecks {
  private let server: PostgresServerInfo
  private let facts: ServerFacts

  init(_ server: PostgresServerInfo, _ facts: ServerFacts) {
    self.server = server
    self.facts = facts
  }

  var findings: [Finding] {
    [answer, version, encryption, changes, durability, commits, checksums, encoding, clock]
  }

  private var answer: Finding {
    let milliseconds = Int(facts.answerTime / .milliseconds(1))
    return milliseconds < 500
      ? .ok("server", "It answers at \(server.host) port \(server.port) in \(milliseconds) ms.")
      : .warning(
        "server", "It answers at \(server.host) port \(server.port), but takes \(milliseconds) ms for it.",
        "Look at the network between, and at what keeps the server busy.")
  }

  private var version: Finding {
    let major = server.version / 10_000
    return ServerVersions.supported.contains(major)
      ? .ok("version", "The server is PostgreSQL \(major).\(server.version % 10_000).")
      : .problem(
        "version", "The server is PostgreSQL \(major), on which the ledger was never tried.",
        "Let one of the versions 14 to 18 keep the ledger.")
  }

  private var encryption: Finding {
    let advice: Phrase =
      "Add sslmode=verify-full to the connection string, and sslrootcert=FILE for its certificate's authority."
    if server.isExposed {
      return .problem(
        "encryption",
        "The connection to \(server.host) is not encrypted: others on the network can read and change what goes over it.",
        advice)
    }
    if server.isLocal { return .ok("encryption", "The connection doesn't leave this machine.") }
    let version = facts.tlsVersion ?? "GSSAPI"
    return server.sslMode == "verify-full" || facts.tlsVersion == nil
      ? .ok("encryption", "The connection is encrypted (\(version)), and the server has proved its name.")
      : .warning(
        "encryption",
        "The connection is encrypted (\(version)), but nothing proves that it is the right server (sslmode=\(server.sslMode)).",
        advice)
  }

  private var changes: Finding {
    if facts.isStandby {
      return .problem(
        "takes_changes", "This server is a standby, which takes no changes.",
        "Name all servers of the cluster in the connection string: the one that takes changes is found.")
    }
    return facts.isReadOnly
      ? .problem(
        "takes_changes", "Sessions here only read, as default_transaction_read_only says.",
        "Have it set to off for this database and this login.")
      : .ok("takes_changes", "This server takes changes.")
  }

  private var durability: Finding {
    let off = ["fsync", "full_page_writes"].filter { facts.settings[$0] == "off" }
    return off.isEmpty
      ? .ok("durability", "What is committed is on the disk (fsync, full_page_writes).")
      : .problem(
        "durability", "A power cut can damage the ledger: \(off.joined(separator: ", ")) off.",
        "Have it set to on in postgresql.conf and the server restarted.")
  }

  private var commits: Finding {
    let level = facts.settings["synchronous_commit"] ?? "on"
    let standbys = facts.settings["synchronous_standby_names"] ?? ""
    if level == "off" {
      return .warning(
        "commits", "The last moments before a crash are lost, as synchronous_commit is off.",
        "Have it set to on for this database.")
    }
    if standbys.isEmpty { return .ok("commits", "A commit waits for this server's disk.") }
    return level == "local"
      ? .warning(
        "commits",
        "Standbys are named (\(standbys)), but commits don't wait for them: synchronous_commit is local.",
        "Have it set to on for this database.")
      : .ok("commits", "A commit waits for this server's disk and for standbys (\(standbys)).")
  }

  private var checksums: Finding {
    facts.settings["data_checksums"] == "off"
      ? .warning(
        "checksums",
        "The server doesn't notice when its disk gives back something else: data_checksums is off.",
        "Have pg_checksums --enable run while the server is stopped; 'guarantee check' finds such damage as well."
      )
      : .ok("checksums", "The server notices when its disk gives back something else (data_checksums).")
  }

  private var encoding: Finding {
    facts.encoding == "UTF8"
      ? .ok("encoding", "The database is in UTF-8.")
      : .problem(
        "encoding", "The database is in \(facts.encoding), which can't hold every name.",
        "Have a database made with encoding UTF8, and move the ledger with 'guarantee backup' and 'restore'.")
  }

  private var clock: Finding {
    let seconds = facts.secondsAhead
    // A second is lost by counting whole ones, more by a slow answer.
    guard abs(seconds) > 5 + facts.answerTime.seconds else {
      return .ok("clock", "The server's clock and the one here agree.")
    }
    let found: Phrase =
      seconds > 0
      ? "The server's clock is \(seconds) s ahead of the one here."
      : "The server's clock is \(-seconds) s behind the one here."
    let advice: Phrase =
      "Have both set by a time service (chrony, systemd-timesyncd): the server's counts for the books."
    return abs(seconds) > 3600 ? .problem("clock", found, advice) : .warning("clock", found, advice)
  }
}
