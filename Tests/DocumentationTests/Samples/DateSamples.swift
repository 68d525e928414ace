import GuaranteeLedger

// What DatesAndDeadlines.md shows.
enum DateSamples {
  static func day(_ input: String, _ ledger: Ledger) async throws -> LedgerDate? {
    // begin sample
    let today = try await ledger.today()
    guard let day = LedgerDate(input), day <= today else { return nil }
    // end sample
    return day
  }

  static func due(_ ledger: Ledger) async throws -> [String] {
    var printed: [String] = []
    func print(_ items: Any...) { printed.append(items.map { "\($0)" }.joined(separator: " ")) }
    // begin sample
    for try await item in ledger.due(withinDays: 14, office: "QINGDAO") {
      switch item.what {
      case .deadline(let name): print(item.dispute, name, item.dueOn ?? "not known yet")
      case .money(let role): print(item.dispute, role, item.amount ?? "")
      }
    }
    // end sample
    return printed
  }

  static func lapse(_ ledger: Ledger) async throws -> [RecordResult] {
    // begin sample
    return try await ledger.record(ledger.lapsed(office: "QINGDAO"))
    // end sample
  }
}
