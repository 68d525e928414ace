import Foundation
import GuaranteeLedger
import InMemoryLogging
import Logging
import PostgresClient
import TestSupport
import Testing

@Suite("Connections that others on the network can neither read nor change")
struct TLSTests {
  private static let secret = "Geheim-\(UUID().uuidString)"
  private static let balances = ["report", "balances", "-O", "csv"]

  @Test("verify-full with channel binding works, and whatever is not that is refused", .heavy, .endsInTime)
  func verified() async throws {
    let tls = try await TLSServer()
    try tls.keep(password: Self.secret)
    try await tls.server.withDatabase(template: Office.empty) { database in
      try await Self.addAnna(database)
      let name = Self.name(of: database)
      let right = try await Program.run(tls.url(name, as: "anna"), Self.balances)
      #expect(
        right.exitCode == 0 && right.errors == "" && right.output.contains("QINGDAO:bank:CNY"),
        "\(right.errors)")
      let connection = try await PostgresConnection.connect(to: tls.url(name, as: "anna"))
      let session = try await connection.query("select version from pg_stat_ssl where pid = pg_backend_pid()")
      #expect(session.value == "TLSv1.3" && !connection.server.isExposed)
      await connection.close()
      let refused = [
        ("host=other.example", "does not match host name"),
        ("sslrootcert=\(tls.folder)/theirs.crt", "certificate verify failed"),
        ("sslmode=disable channel_binding=prefer", "no encryption"),
        ("sslmode=disable", "no encryption"),
        ("passfile=/dev/null", "password"),
      ]
      for (setting, reason) in refused {
        let wrong = try await Program.run(tls.url(name, as: "anna", setting), Self.balances)
        #expect(
          wrong.exitCode == 69 && wrong.errors.contains(reason),
          "\(setting): \(wrong.exitCode) \(wrong.errors)")
        #expect(wrong.output == "")
      }
      try await tls.server.run("alter system set ssl = off")
      try await tls.server.run("select pg_reload_conf()")
      try await until {
        try await Program.run(tls.url(name, as: "anna"), Self.balances).errors.contains(
          "does not support SSL")
      }
    }
  }

  @Test(
    "Another machine's server without TLS is warned of, on the screen and in the log", .heavy, .endsInTime)
  func exposed() async throws {
    guard let address = Self.addressOfThisMachine else {
      return print("TLSTests: skipped a part: this machine has no address but its own loopback's")
    }
    let tls = try await TLSServer(listeningOn: address)
    try tls.keep(password: Self.secret)
    try "local all postgres trust\nhost all all all scram-sha-256\n".write(
      toFile: tls.server.folder + "/data/pg_hba.conf", atomically: false, encoding: .utf8)
    try await tls.server.run("select pg_reload_conf()")
    try await tls.server.withDatabase(template: Office.empty) { database in
      try await Self.addAnna(database)
      let plain = tls.url(Self.name(of: database), as: "anna", "sslmode=disable channel_binding=prefer")
      for arguments in [Self.balances, ["status"]] {
        let run = try await Program.run(plain, arguments)
        #expect(
          run.exitCode == 0
            && run.errors.contains("Warning: the connection to ledger.example is not encrypted"))
        let safe = try await Program.run(tls.url(Self.name(of: database), as: "anna"), arguments)
        #expect(safe.exitCode == 0 && safe.errors == "", "\(safe.errors)")
      }
      for (setting, state) in [
        ("sslmode=disable channel_binding=prefer", "problem"), ("sslmode=require", "warning"), ("", "ok"),
      ] {
        let url = tls.url(Self.name(of: database), as: "anna", setting)
        let run = try await Program.run(url, ["doctor", "-O", "csv"])
        #expect(run.output.contains("encryption,\(state),"), "\(setting): \(run.output)")
      }
      let log = InMemoryLogHandler()
      var configuration = LedgerConfiguration(plain)
      configuration.logger = Logger(label: "test") { _ in log }
      let ledger = try await Ledger.open(configuration)
      _ = try await ledger.balances().all()
      await ledger.close()
      let warnings = log.entries.filter { $0.level == .warning && "\($0.message)".contains("not encrypted") }
      #expect(warnings.count == 1)
    }
  }

  @Test(
    "Sockets and this machine's own addresses are no other machine",
    arguments: [
      ("/run/postgresql", "", true), ("@socket", "", true), ("localhost", "127.0.0.1", true),
      ("::1", "::1", true),
      ("db", "10.0.0.1", false), ("db", "2001:db8::1", false), ("127.example", "192.0.2.1", false),
      ("", "", false),
    ])
  func machines(_ server: (host: String, address: String, isOurs: Bool)) {
    #expect(PostgresServerInfo.isOfThisMachine(host: server.host, address: server.address) == server.isOurs)
  }

  @Test("A password is in no argument, output, log, statement or file but its own", .heavy, .endsInTime)
  func secrets() async throws {
    let tls = try await TLSServer(
      settings: [
        "log_statement = all", "log_connections = on", "log_disconnections = on", "log_min_messages = debug1",
        "log_parameter_max_length = -1", "log_parameter_max_length_on_error = -1",
        "track_activity_query_size = 1MB",
      ])
    let secret = Self.secret
    try tls.keep(password: secret)
    var seen: [String] = []
    try await tls.server.withDatabase(template: Office.empty) { database in
      let name = Self.name(of: database)
      var said: [String] = []
      let added = try await Program.run(
        database, ["user", "add", "anna", "--role", "clerk", "--office", "QINGDAO", "--password-stdin"],
        input: secret + "\n")
      #expect(added.exitCode == 0)
      let right = tls.url(name, as: "anna")
      let inside = right.replacing("passfile=\(tls.folder)/passwords", with: "password=\(secret)")
      let commands = [
        Self.balances, ["status", "-O", "json"], ["status", "-O", "table"], ["todo"], ["check"],
        ["funds", "refund"],
        ["record", "/nowhere"], ["--profile", inside], [inside], ["status", inside],
        ["status", "--database", inside],
        ["profile", "add", "x", "--database", inside],
      ]
      for arguments in commands {
        for url in [
          right, inside, inside + " host=other.example", inside + " port=1", inside + " user=nobody",
          inside + " '",
        ] {
          let run = try await Program.run(url, arguments)
          said += [run.output, run.errors]
        }
      }
      // While it runs: what others see of the process, and of its sessions.
      let following = try Program.start(inside, ["follow"])
      let watcher = try await PostgresConnection.connect(to: database)
      try await until {
        try await watcher.query("select count(*) from pg_stat_activity where usename = 'anna'").value != "0"
      }
      said += try await watcher.query("select pg_stat_activity::text from pg_stat_activity").rows.map {
        $0[0] ?? ""
      }
      said += try await watcher.query("select prosrc from pg_proc where proname ~ 'member'").rows.map {
        $0[0] ?? ""
      }
      await watcher.close()
      said.append(try String(contentsOfFile: "/proc/\(following.processIdentifier)/cmdline", encoding: .utf8))
      following.terminate()
      following.waitUntilExit()
      seen = said
    }
    seen.append(try tls.log())
    #expect(seen.count > 100 && seen.contains { $0.contains("add_member") })
    for text in seen { #expect(!text.contains(secret), "\(text.prefix(500))") }
    // What is looked for would be found.
    #expect(try String(contentsOfFile: tls.folder + "/passwords", encoding: .utf8).contains(secret))
  }

  private static func name(of url: String) -> String {
    url.split(separator: " ").first { $0.hasPrefix("dbname=") }.map { String($0.dropFirst(7)) } ?? ""
  }

  private static func addAnna(_ database: String) async throws {
    let added = try await Program.run(
      database, ["user", "add", "anna", "--role", "clerk", "--office", "QINGDAO", "--password-stdin"],
      input: secret + "\n")
    #expect(added.exitCode == 0, "\(added.errors)")
  }

  /// An address at which other machines would find this one; `nil` when there is none.
  private static var addressOfThisMachine: String? {
    var list: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&list) == 0 else { return nil }
    defer { freeifaddrs(list) }
    for entry in sequence(first: list, next: { $0?.pointee.ifa_next }) {
      guard let address = entry?.pointee.ifa_addr, address.pointee.sa_family == AF_INET else { continue }
      var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      let size = socklen_t(MemoryLayout<sockaddr_in>.size)
      guard getnameinfo(address, size, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST) == 0 else {
        continue
      }
      let text = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if !text.hasPrefix("127.") { return text }
    }
    return nil
  }
}
