import Foundation
import GuaranteeLedger
import LedgerTestSupport
import TestSupport
import Testing

@Suite("Samples at work", .endsInTime)
struct SampleRuns {
  private func receipt(_ key: String, _ day: LedgerDate, office: String = "HARBIN") throws -> ReceiveFunds {
    ReceiveFunds(
      key: key, on: day, office: office, guarantor: "BANK-A", amount: try #require(Amount("100.00")),
      currency: .cny, reference: "receipt")
  }

  @Test("What README shows is refused, read and followed")
  func readme() async throws {
    try await Offices.withLedger { ledger, connectionString, day in
      let value = try #require(Amount("1000.00"))
      _ = try await EventSamples.several(ledger, value, day)
      let (lines, printed) = AsyncStream.makeStream(of: String.self)
      let reader = Task {
        try await ReadmeSamples.story(connectionString, value, day, after: .beginning) { items in
          printed.yield(items.map { "\($0)" }.joined(separator: " "))
        }
      }
      var found: [String] = []
      for await line in lines {
        found.append(line)
        if line.hasPrefix("add_lot") { break }
      }
      reader.cancel()
      _ = await reader.result
      #expect(
        found.first?.hasPrefix("insufficient_funds The account HARBIN:guarantor_funds:BANK-A:CNY") == true)
      #expect(found.dropFirst().first == "open 0.00 CNY")
      #expect(found.contains("grant_facility 0") && found.last == "add_lot 0")
    }
  }

  @Test("Getting started prints what the page says, and once more changes nothing")
  func gettingStarted() async throws {
    try await TemporaryServer.shared.withDatabase { connectionString in
      let first = try await GettingStartedSamples.story(connectionString)
      #expect(first == ["recorded", "1200000.00 CNY"])
      let second = try await GettingStartedSamples.story(connectionString)
      #expect(second == ["replayed", "1200000.00 CNY"])
    }
  }

  @Test("Events are recorded one by one, as a list, by many tasks, as text and from a file")
  func events() async throws {
    try await Offices.withLedger { ledger, _, day in
      let value = try #require(Amount("1000.00"))
      let receipt = try await EventSamples.receipt(ledger, value, day)
      #expect(receipt == "recorded")
      let opened = try await EventSamples.several(ledger, value, day)
      #expect(opened.map(\.code) == ["recorded", "recorded"])
      let secured = try await EventSamples.untyped(ledger)
      #expect(secured.map(\.code) == ["recorded"])
      let suit = try await ledger.record(Offices.suit("QD-2026-0101"))
      #expect(suit.map(\.code) == ["recorded", "recorded", "recorded"])
      let lodged = try await EventSamples.typed(ledger, value, day)
      #expect(lodged.code == "recorded")
      let receipts =
        try (1...40).map { try self.receipt("R-\($0)", day) } + [self.receipt("R-0", day, office: "NOWHERE")]
      #expect(try await EventSamples.atOnce(ledger, receipts) == 1)
    }
  }

  @Test("A file longer than a batch is recorded whole")
  func file() async throws {
    try await Offices.withLedger { ledger, _, day in
      let file = FileManager.default.temporaryDirectory.appending(path: "sample-\(UUID()).csv")
      let rows = (1...1200).map { "F-\($0),\(day),receive_funds,HARBIN,BANK-A,1.00,CNY,receipt \($0)" }
      let header = "key,on,event,office,guarantor,amount,currency,reference"
      try Data(([header] + rows).joined(separator: "\n").utf8).write(to: file)
      defer { try? FileManager.default.removeItem(at: file) }
      let results = try await EventSamples.file(ledger, file.path)
      #expect(results.count == 1200 && results.allSatisfy { $0.code == "recorded" })
    }
  }

  @Test("Results and refusals say what became of each event")
  func results() async throws {
    try await Offices.withLedger { ledger, _, day in
      let receipt = try receipt("R-1", day)
      let recorded = try await ledger.record(receipt)
      #expect(ResultSamples.outcome(recorded) == "R-1 is recorded")
      let replayed = try await ledger.record(receipt)
      #expect(ResultSamples.outcome(replayed) == "R-1 had been recorded before")
      let number = try #require(recorded.position?.sequence)
      #expect(ResultSamples.position(recorded) == "number \(number) in the book of HARBIN")
      let refused = try await ledger.record(self.receipt("R-2", day, office: "NOWHERE"))
      #expect(ResultSamples.outcome(refused).contains("NOWHERE"))
      #expect(ResultSamples.position(refused) == "refused")

      func refund(_ text: String, _ key: String, _ day: LedgerDate) async throws -> String {
        try await ResultSamples.refund(#require(Amount(text)), key: key, on: day, from: ledger)
      }
      let never = try #require(LedgerDate("9999-12-31"))
      #expect(try await refund("30.00", "B-1", day) == "paid")
      #expect(try await refund("70.01", "B-2", day) == "asked for 70.01, there is 70.00")
      #expect(try await refund("1.00", "B-3", never).hasPrefix("give another date"))
      #expect(try await refund("1.00", "B-1", day) == "the key B-1 is another event's")
      #expect(try await refund("1.001", "B-4", day).contains("1.001"))
    }
  }

  @Test("Money is taken in, added up, compared and given back")
  func money() async throws {
    func money(_ text: String) throws -> Money { try #require(Money(text, .cny)) }
    #expect(try MoneySamples.parsed(MoneySamples.Form(amount: "12.50"), .cny).description == "12.50")
    for wrong in ["12.505", "-1", "twelve"] {
      #expect(throws: MoneySamples.FormError.self) {
        try MoneySamples.parsed(MoneySamples.Form(amount: wrong), .cny)
      }
    }
    try await Offices.withLedger { ledger, _, day in
      for key in ["R-1", "R-2"] { _ = try await ledger.record(receipt(key, day)) }
      #expect(try await MoneySamples.sums(ledger, bill: money("200.01")) == money("0.01"))
      #expect(try await MoneySamples.sums(ledger, bill: money("200.00")) == nil)
      let exposure = try #require(try await ledger.exposure(of: "BANK-A", at: "HARBIN", in: .cny))
      #expect(try MoneySamples.reserved(exposure, due: money("150"), reserve: money("50.01")))
      #expect(try !MoneySamples.reserved(exposure, due: money("150"), reserve: money("50")))
      #expect(try await MoneySamples.refundAll(ledger, key: "B-1", on: day)?.code == "recorded")
      #expect(try await MoneySamples.refundAll(ledger, key: "B-2", on: day) == nil)
    }
  }

  @Test("Dates are checked against the ledger's day, and what is due or lapsed is found")
  func dates() async throws {
    try await Offices.withLedger { ledger, _, day in
      #expect(try await DateSamples.day("2026-01-05", ledger) == day)
      for wrong in ["2026-02-30", "9999-12-31", "5 January"] {
        let found = try await DateSamples.day(wrong, ledger)
        #expect(found == nil)
      }
      let value = try #require(Amount("1000.00"))
      _ = try await EventSamples.several(ledger, value, day)
      _ = try await EventSamples.untyped(ledger)
      _ = try await ledger.record(Offices.suit("QD-2026-0101"))
      let due = try await DateSamples.due(ledger)
      #expect(due.contains { $0.hasPrefix("QD-2026-0101 order_by 2026-") })
      #expect(due.contains("QD-2026-0101 fee_receivable 9.00 CNY"))
      let lapse = try await DateSamples.lapse(ledger)
      #expect(lapse.map(\.code) == ["recorded"])
      let again = try await DateSamples.lapse(ledger)
      #expect(again == [])
    }
  }

  @Test("The books are read by dispute, by row and by page")
  func reading() async throws {
    try await Offices.withLedger { ledger, _, day in
      #expect(try await ReadingSamples.one(ledger) == ["no such dispute"])
      let value = try #require(Amount("1000.00"))
      _ = try await EventSamples.several(ledger, value, day)
      _ = try await EventSamples.untyped(ledger)
      _ = try await ledger.record(Offices.suit("QD-2026-0101"))
      _ = try await EventSamples.typed(ledger, value, day)
      _ = try await ledger.record([
        ReleaseConditionally(key: "release", on: day, dispute: "QD-2026-0101", lot: "1"),
        ServeNotice(key: "notice", on: day, dispute: "QD-2026-0101"),
        AcceptSuit(key: "suit", on: day, dispute: "QD-2026-0101", reference: "court"),
      ])
      let dispute = try await ReadingSamples.one(ledger)
      #expect(dispute.prefix(2) == ["litigating 1000.00 CNY", "1 1000.00 CNY"])
      #expect(dispute.contains("security_held 1000.00 CNY"))
      #expect(try await ReadingSamples.rows(ledger) == ["QD-2026-0101 1000.00 CNY"])
      let balance = try await ReadingSamples.whole(ledger)
      #expect(balance.contains { $0.role == .undertakingHeld && $0.credit == Money(value, .cny) })
      #expect(try await ReadingSamples.patient(ledger) == 1)
      let day = try #require(LedgerDate("2000-01-01"))
      #expect(try await ReadingSamples.then(ledger, day, LedgerTime(microsecondsSince1970: 0)) == [])
      var response: [String: String] = [:]
      let first = try await ReadingSamples.page(ledger, [:], &response)
      let second = try await ReadingSamples.page(ledger, response, &response)
      #expect(first.map(\.dispute) == ["QD-2026-0101"] && second == [])
      #expect(first.map(ReadingSamples.next) == ["asked"])
    }
  }

  @Test("A follower that is stopped goes on where it was")
  func feed() async throws {
    try await Offices.withLedger { ledger, _, day in
      let store = FeedSamples.Store()
      for round in 1...3 {
        let follower = Task { try await FeedSamples.follow(ledger, store) }
        _ = try await ledger.record(receipt("R-\(round)", day))
        try await until { await store.lines.count >= 2 * round }
        follower.cancel()
        _ = await follower.result
      }
      #expect(await store.lines.count == 6)
      #expect(try await FeedSamples.catchUp(ledger, after: .beginning) == 6)
    }
  }

  @Test("What can't be known is asked again, and what can't be done is left to the caller")
  func again() async throws {
    try await Offices.withLedger { ledger, _, day in
      let first = try receipt("R-1", day)
      let second = try receipt("R-2", day, office: "NOWHERE")
      #expect(try await SendingAgainSamples.settled(first, in: ledger).code == "recorded")
      #expect(await SendingAgainSamples.left(of: [first, second], in: ledger) == ["R-2"])
      await ledger.close()
      let error = await #expect(throws: LedgerError.self) {
        try await SendingAgainSamples.settled(first, in: ledger)
      }
      #expect(error?.code == .shuttingDown)
      #expect(await SendingAgainSamples.left(of: [first, second], in: ledger) == ["R-1", "R-2"])
    }
  }
}
