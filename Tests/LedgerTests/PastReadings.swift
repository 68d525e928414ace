import GuaranteeLedger
import PostgresClient
import ReferenceLedger
import Testing

/// All that a ledger can be asked, as text, so that two askings can be compared byte for byte.
struct PastReadings {
  let guarantors: [String]
  let disputes: [String]

  /// Each reading by what it is of.
  func all(of ledger: Ledger) async throws -> [(what: String, text: String)] {
    var found: [(what: String, text: String)] = []
    func add(
      _ what: String,
      _ read: (([ReportColumn]) async throws -> Void, ([String?]) async throws -> Void) async throws -> Void
    ) async throws {
      var lines: [String] = []
      try await read(
        { lines.append($0.map(\.name).joined(separator: ",")) },
        { lines.append($0.map { $0 ?? "" }.joined(separator: ",")) })
      found.append((what, lines.joined(separator: "\n")))
    }
    for report in Report.allCases where report != .statement {
      try await add(report.rawValue) { try await ledger.report(report, columns: $0, row: $1) }
    }
    try await add("balances, zero too") {
      try await ledger.report(.balances, where: [.zero: "true"], columns: $0, row: $1)
    }
    for state in [nil, "unmatched"] {
      try await add("matches \(state ?? "that stand")") {
        try await ledger.bankMatches(state: state, columns: $0, row: $1)
      }
    }
    try await add("due") { try await ledger.due(within: 60, columns: $0, row: $1) }
    try await add("due, first") {
      try await ledger.due(within: 60, rows: RowSelection(limit: 7), columns: $0, row: $1)
    }
    try await add("todo") { try await ledger.todo(office: nil, within: 60, columns: $0, row: $1) }
    try await add("found") { try await ledger.find("1", rows: RowSelection(limit: 50), columns: $0, row: $1) }
    for guarantor in guarantors {
      try await add("statement of \(guarantor)") {
        try await ledger.report(.statement, where: [.guarantor: guarantor], columns: $0, row: $1)
      }
      try await add("statement of \(guarantor) in 2025") {
        try await ledger.report(
          .statement, where: [.guarantor: guarantor, .from: "2025-01-01", .to: "2025-12-31"], columns: $0,
          row: $1)
      }
      try await add("first of the statement of \(guarantor)") {
        try await ledger.report(
          .statement, where: [.guarantor: guarantor], rows: RowSelection(limit: 5), columns: $0, row: $1)
      }
    }
    for dispute in disputes {
      try await add("history of \(dispute)") { try await ledger.history(of: dispute, columns: $0, row: $1) }
      try await add("statement of \(dispute)") {
        try await ledger.report(.statement, where: [.dispute: dispute], columns: $0, row: $1)
      }
      found.append(("dispute \(dispute)", "\(String(describing: try await ledger.dispute(dispute)))"))
    }
    found.append(("today", try await ledger.today().description))
    return found
  }
}

extension TestLedger {
  /// The server's clock.
  func now() async throws -> LedgerTime {
    let text = try await value(
      "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
    return try #require(text.flatMap { LedgerTime($0) })
  }

  /// Runs `body` on the tests' own connection with the readings of the past looking back.
  func lookingBack<Value>(
    asOf date: String?, knownAt time: String?, _ body: () async throws -> Value
  ) async throws -> Value {
    try await connection.execute("begin")
    _ = try await connection.query("select guarantee_past.look_back($1, $2)", [date, time])
    let value = try await body()
    try await connection.execute("rollback")
    return value
  }
}
