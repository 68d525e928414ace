import PostgresClient
import ReferenceLedger
import TestSupport

/// What a bank might say of a ledger that grows: statements that have some of its entries, some with another amount, and some
/// bookings that it knows nothing of; and people who match, confirm and take apart.
struct BankStream {
  var random: SplitMix64
  private var statements: [String: (number: Int, balance: Int)] = [:]

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// Imports a statement for each office's account in CNY that has entries, matches, and has somebody look at it.
  mutating func next(in ledger: TestLedger) async throws {
    let offices = try await ledger.rows(
      "select distinct office from guarantee.account where role = 'bank' and currency = 'CNY' order by 1")
    for office in offices.map({ $0[0] }) { try await importStatement(of: office, in: ledger) }
    _ = try await ledger.value("select guarantee_api.bank_match(400, 1)")
    for action in ["confirm", "unmatch"] {
      let matches = try await ledger.rows(
        "select match from guarantee.bank_match where undone_at is null and \(action == "confirm" ? "not is_sure" : "true") order by 1"
      ).map { $0[0] }
      for match in matches where random.below(6) == 0 {
        _ = try await ledger.value("select guarantee_api.bank_\(action)('{\(match)}')")
      }
    }
  }

  private mutating func importStatement(of office: String, in ledger: TestLedger) async throws {
    let (number, opening) = statements[office, default: (0, 0)]
    let entries = try await ledger.rows(
      """
      select n.key, n.amount / 100
        from guarantee.entry n
        join guarantee.account a on a.account_id = n.account_id and a.role = 'bank' and a.currency = 'CNY' and a.office = $1
       where n.amount % 100 = 0 and not exists (select from guarantee.bank_line l where l.marks @> array[guarantee_api.bank_mark(n.key)])
       order by n.key
      """, [office])
    var lines: [String] = []
    var balance = opening
    func say(_ amount: Int, _ reference: String) {
      guard amount != 0 else { return }
      balance += amount
      lines.append(
        """
        {"series": "\(number)", "reference": "B\(lines.count)", "booked_on": "2026-01-0\(1 + number % 9)", "value_on": "2026-01-01",
         "amount": "\(amount)", "references": ["\(reference)"], "place": "line 1"}
        """)
    }
    for entry in entries where random.below(3) > 0 {
      say((Int(entry[1]) ?? 0) + (random.below(8) == 0 ? 1 : 0), entry[0])
    }
    say(random.within(1...900), "NOBODY-\(number)")
    let content = """
      {"account": "\(office)", "currency": "CNY", "office": "\(office)", "statement": "\(number)", "format": "csv", "file": "f",
       "opens_on": "2026-01-01", "closes_on": "2026-02-01", "opening": "\(opening)", "closing": "\(balance)",
       "lines": [\(lines.joined(separator: ","))]}
      """
    _ = try await ledger.rows("select * from guarantee_api.bank_import($1::jsonb)", [content])
    statements[office] = (number + 1, balance)
  }
}
