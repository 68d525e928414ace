import GuaranteeLedger
import TestSupport
import Testing

@Suite("An event that is refused when it comes again", .patience)
struct LateRefusalTests {
  private static func payment(_ name: String, _ key: String) -> Event {
    Event(
      key: key, on: Intent.day, name: name,
      fields: [
        "office": "QINGDAO", "guarantor": "BANK", "currency": "CNY", "amount": "100.00", "reference": key,
      ])
  }

  /// The first attempt is held up on its way. The second is refused, as there is no money. Then there is, and
  /// the first arrives: it must find no session any more that would record it.
  @Test(
    "It stays refused, although its first attempt arrives when nothing speaks against it any more",
    arguments: [false, true])
  func late(isPooled: Bool) async throws {
    let fault = try await FaultLedger.make(on: .shared)
    let proxy = try fault.proxy()
    var pooler = isPooled ? try await PgBouncer(before: .shared, through: proxy) : nil
    var configuration = LedgerConfiguration.patient(
      pooler?.connectionString(database: fault.database) ?? proxy.connectionString(database: fault.database))
    configuration.attemptTimeout = .milliseconds(100)
    configuration.recordingConnections = 1
    let ledger = try await Ledger.open(configuration)
    _ = try await ledger.record([
      Self.payment("receive_funds", "in-1"), Self.payment("refund_funds", "out-1"),
    ])
    proxy.follow(Cut.freezing(.toServer, message: 1, .before))
    let refused = try await ledger.record([Self.payment("refund_funds", "out-2")])
    #expect(refused.map(\.code) == ["insufficient_funds"])
    let funded = try await ledger.record([Self.payment("receive_funds", "in-2")])
    #expect(funded.map(\.code) == ["recorded"])
    proxy.thaw()
    await ledger.shutDown()
    // It keeps sessions, and the journal is read when all are over.
    pooler = nil
    let journal = try await Journal.read(fault.direct)
    #expect(journal.balances["QINGDAO"] == 100_00)
    #expect(journal.faults == [])
  }
}
