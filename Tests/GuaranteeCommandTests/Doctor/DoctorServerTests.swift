import Foundation
import TestSupport
import Testing

@Suite("What the doctor finds of a server and its ledger")
struct DoctorServerTests {
  private static func examined(
    _ url: String, _ environment: [String: String] = [:]
  ) async throws -> Examined {
    try await blocking {
      try Examined(
        BuiltProgram(
          environment: ["GUARANTEE_DATABASE_URL": url, "HOME": "/nowhere", "LANG": "C.UTF-8"].merging(
            environment
          ) { $1 }))
    }
  }

  @Test("A server as it should be is well; what is set wrongly is found and said", .timeLimit(.minutes(5)))
  func settings() async throws {
    let server = try await TemporaryServer(settings: ["fsync = on", "full_page_writes = on"])
    try await server.withDatabase(template: StartingLedger.empty) { url in
      let well = try await Self.examined(url)
      #expect(well.problems.isEmpty, "\(well.sentences)")
      for check in ["server", "version", "encryption", "takes_changes", "durability", "encoding", "clock"] {
        well.expect(check, "ok")
      }
      for check in ["schema", "rules", "login", "time_zone"] { well.expect(check, "ok") }
      well.expect("ledger", "ok", "GUARANTEE_DATABASE_URL")
      for (setting, value, check, state) in [
        ("default_transaction_read_only", "on", "takes_changes", "problem"),
        ("fsync", "off", "durability", "problem"), ("full_page_writes", "off", "durability", "problem"),
        ("synchronous_commit", "off", "commits", "warning"),
      ] {
        try await server.run("alter system set \(setting) = \(value)")
        try await server.run("select pg_reload_conf()")
        try await until { try await Self.examined(url).states[check] == state }
        try await server.run("alter system reset \(setting)")
        try await server.run("select pg_reload_conf()")
      }
    }
    let url = server.connectionString()
    try await Self.examined(url).expect("schema", "problem", "guarantee migrate")
    try await server.run("create database latin encoding 'LATIN1' locale 'C' template template0")
    try await Self.examined(server.connectionString(database: "latin")).expect("encoding", "problem")
    try await Self.examined(url + " dbname=absent").expect("server", "problem", "absent")
  }

  @Test("Nobody who answers, a wrong password and a server that says nothing are told apart, and soon")
  func unreachable() async throws {
    try await Self.examined("host=/nowhere dbname=x").expect("server", "problem", "See that the server runs")
    let silent = try SilentPort()
    let start = ContinuousClock.now
    let examined = try await Self.examined("host=127.0.0.1 port=\(silent.port) dbname=x")
    examined.expect("server", "problem")
    // It gives up by itself, long before anybody would.
    #expect(ContinuousClock.now - start < .seconds(60))
  }

  @Test("A ledger of other rules, and a login without a role or with one, are recognised")
  func ledger() async throws {
    try await TemporaryServer.shared.withDatabase(template: StartingLedger.empty) { url in
      let role = "nobody_\(UUID().uuidString.prefix(8).lowercased())"
      func sql(_ text: String) async throws {
        _ = try await blocking { try BuiltProgram().shell("psql -Xq -d '\(url)' -c \"\(text)\"") }
      }
      try await sql("update guarantee.source set fingerprint = 'x' where kind = 'rules'")
      try await Self.examined(url).expect("schema", "problem", "rules")
      try await sql(
        "delete from guarantee.migration where name = (select max(name) from guarantee.migration)")
      try await Self.examined(url).expect("schema", "problem", "this program needs")
      try await sql("insert into guarantee.migration (name, checksum) values ('9999-later', 'x')")
      try await Self.examined(url).expect("schema", "problem", "Use the program that made it")
      try await sql("create role \(role) login")
      try await Self.examined(url + " user=\(role)").expect("login", "problem", "guarantee user add")
      try await sql("drop role \(role)")
    }
    try await withLedger(StartingLedger.decided) { program in
      let role = "anna_\(UUID().uuidString.prefix(8).lowercased())"
      _ = try program.output("user", "add", role, "--role", "clerk", "--office", "QINGDAO")
      var hers = program
      hers.environment["GUARANTEE_DATABASE_URL"]? += " user=\(role)"
      try Examined(hers).expect("login", "ok", "clerk QINGDAO")
      try Examined(program).expect("login", "warning", "has no role at an office")
      let url = program.environment["GUARANTEE_DATABASE_URL"] ?? ""
      _ = try program.shell("psql -Xq -d '\(url)' -c 'drop owned by \(role); drop role \(role)'")
    }
  }

  @Test("A standby is recognised, and a pooler between")
  func between() async throws {
    let pair = try await StandbyPair { _ in }
    try await Self.examined(pair.standby.connectionString()).expect(
      "takes_changes", "problem", "is a standby")
    try await Self.examined(pair.primary.connectionString()).expect("commits", "ok", "standbys (*)")
    let pooler = try await PgBouncer(before: pair.primary)
    try await Self.examined(pooler.connectionString()).expect("pooler", "ok", "A pooler stands between")
  }
}

/// A port on which connections are taken and nothing is ever said.
private final class SilentPort: Sendable {
  private let descriptor: Int32
  let port: Int

  init() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.descriptor = descriptor
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, size) == 0 && listen(descriptor, 5) == 0
          && getsockname(descriptor, address, &size) == 0
      }
    }
    try #require(bound)
    port = Int(UInt16(bigEndian: address.sin_port))
  }

  deinit { close(descriptor) }
}
