import GuaranteeLedger
import LedgerTestSupport
import PostgresClient
import TestSupport
import Testing

@Suite("A ledger behind PgBouncer in transaction mode")
struct PgBouncerTests {
  private static let offices = (1...8).map { "OFFICE-\($0)" }
  private static let eventCount = 20

  @Test("is recorded and read by many at once, who share few sessions of the server")
  func recordingAndReading() async throws {
    let server = try await TemporaryServer.shared
    try await server.withDatabase(template: emptyLedger) { direct in
      let pooler = try await PgBouncer(before: server, serverConnections: 3)
      // As two programs do, each with tasks that share its ledger.
      let pooled = pooler.connectionString(instead: direct)
      let ledgers = [try await Ledger.open(.patient(pooled)), try await Ledger.open(.patient(pooled))]
      try await withThrowingTaskGroup { group in
        for (index, office) in Self.offices.enumerated() {
          group.addTask { try await Self.work(on: ledgers[index % 2], for: office) }
        }
        try await group.waitForAll()
      }
      let observer = try await PostgresConnection.connect(to: direct)
      let sessions = "select count(*) <= 3 from pg_stat_activity where datname = current_database()"
      #expect(try await observer.query("\(sessions) and pid <> pg_backend_pid()").value == "t")
      #expect(try await observer.query("select count(*) from guarantee.event").value == "168")
      await observer.close()
      try await requireSoundBooks(ledgers[0])
      for ledger in ledgers { await ledger.shutDown() }
    }
  }

  @Test("is migrated through it")
  func migrating() async throws {
    let server = try await TemporaryServer.shared
    try await server.withDatabase { direct in
      let pooler = try await PgBouncer(before: server, serverConnections: 2)
      let ledger = try await Ledger.open(.patient(pooler.connectionString(instead: direct)), migrating: true)
      try await requireSoundBooks(ledger)
      await ledger.close()
    }
  }

  /// Records money event by event and reads the book after each.
  private static func work(on ledger: Ledger, for office: String) async throws {
    let on = "2026-01-05"
    let opened = try await ledger.record([
      Event(key: "\(office)-0", on: on, name: "register_office", fields: ["office": office, "zone": "Z"])
    ])
    #expect(opened.map(\.code) == ["recorded"])
    for number in 1...eventCount {
      let fields = ["office": office, "amount": "1.00", "currency": "CNY", "reference": "R"]
      let event = Event(key: "\(office)-\(number)", on: on, name: "receive_unidentified", fields: fields)
      let results = try await ledger.record([event, event])
      #expect(results.map(\.code) == ["recorded", "replayed"])
      var rowCount = 0
      try await ledger.report(
        .statement, where: [.account: "\(office):suspense:CNY"], columns: { _ in },
        row: { _ in rowCount += 1 })
      #expect(rowCount == number)
    }
  }

  private func requireSoundBooks(_ ledger: Ledger) async throws {
    var findings: [[String?]] = []
    try await ledger.check(columns: { _ in }, row: { findings.append($0) })
    #expect(findings == [])
  }
}
