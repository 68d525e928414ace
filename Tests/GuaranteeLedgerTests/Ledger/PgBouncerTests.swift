import GuaranteeLedger
import TestSupport
import Testing

@Suite("A ledger behind PgBouncer in transaction mode")
struct PgBouncerTests {
  private static let offices = (1...6).map { "OFFICE-\($0)" }
  private static let eventCount = 20

  @Test("is recorded and read by many at once, who share few sessions of the server")
  func recordingAndReading() async throws {
    let server = try await TemporaryServer.shared
    try await server.withDatabase(template: emptyLedger) { direct in
      let pooler = try await PgBouncer(before: server, serverConnections: 3)
      let pooled = pooler.connectionString(instead: direct)
      try await withThrowingTaskGroup { group in
        for office in Self.offices {
          group.addTask {
            let ledger = try await Ledger.open(pooled)
            try await Self.work(on: ledger, for: office)
            await ledger.close()
          }
        }
        try await group.waitForAll()
      }
      let ledger = try await Ledger.open(pooled)
      var debits: [String?: String] = [:]
      try await ledger.report(
        .trialBalance, columns: { _ in }, row: { row in if row[1] == "bank" { debits[row[0]] = row[3] } })
      #expect(debits == Dictionary(uniqueKeysWithValues: Self.offices.map { ($0, "20.00") }))
      var broken = 0
      try await ledger.check(columns: { _ in }, row: { _ in broken += 1 })
      #expect(broken == 0)
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
      let account = "\(office):suspense:CNY"
      try await ledger.report(
        .statement, where: [.account: account], columns: { _ in }, row: { _ in rowCount += 1 })
      #expect(rowCount == number)
    }
  }
}
