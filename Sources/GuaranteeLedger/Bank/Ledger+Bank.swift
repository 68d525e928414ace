import FoundationEssentials
import PostgresClient

/// What the bank says, and how it fits the ledger.
extension Ledger {
  /// Takes statements of the bank, all of them or none, and gives a row for each.
  ///
  /// - Parameters:
  ///   - statements: In the order in which they connect.
  ///   - office: Whose accounts they are of; may be left out for accounts that are known.
  ///   - isDryRun: Whether nothing is kept.
  /// - Throws: `BankFileError` for what a statement has wrong, or `LedgerError`.
  package func importStatements(
    _ statements: [BankStatement], office: String? = nil, isDryRun: Bool = false,
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {
    var isBegun = false
    let found = try await atomically(rollingBack: isDryRun) { ledger in
      var results: [PostgresResult] = []
      for statement in statements { results.append(try await ledger.importStatement(statement, office)) }
      return results
    }
    for result in found {
      if !isBegun { try await columns(result.columns.map(ReportColumn.init)) }
      isBegun = true
      for values in result.rows { try await row(values) }
    }
  }

  private func importStatement(_ statement: BankStatement, _ office: String?) async throws -> PostgresResult {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    let content = try encoder.encode(StatementContent(statement, office: office))
    return try await changingBank(statement) { connection throws(PostgresError) in
      try await connection.query(
        "select * from guarantee_api.bank_import($1::jsonb)", [String(decoding: content, as: UTF8.self)])
    }
  }

  /// Matches the bank's lines with the ledger's entries, and gives each new match and all that wait for somebody.
  ///
  /// - Parameters:
  ///   - days: How far the bank's day may be from the ledger's.
  ///   - charges: How much, in the currency's unit, may be charges that the bank does not name.
  package func matchBank(
    days: Int, charges: Amount?, office: String? = nil, currency: String? = nil,
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {
    let last = try await changingBank { connection throws(PostgresError) in
      try await connection.query(
        "select guarantee_api.bank_match($1::integer, $2::numeric, $3, $4)",
        [String(days), charges?.description ?? "0", office, currency])
    }
    var reading = Reading("bank_matches", ["office": office, "currency": currency])
    reading.narrow("since", to: last.value)
    try await read(reading, columns: columns, row: row)
  }

  /// Says that matches are right.
  package func confirmMatches(_ matches: [Int64]) async throws {
    _ = try await changingBank { connection throws(PostgresError) in
      try await connection.query("select guarantee_api.bank_confirm($1::bigint[])", [Self.array(matches)])
    }
  }

  /// Takes matches apart.
  package func undoMatches(_ matches: [Int64]) async throws {
    _ = try await changingBank { connection throws(PostgresError) in
      try await connection.query("select guarantee_api.bank_unmatch($1::bigint[])", [Self.array(matches)])
    }
  }

  /// Puts lines of the bank and entries of the ledger together by hand.
  ///
  /// - Parameter keys: The keys of the entries' events.
  /// - Returns: The match's number.
  package func pair(lines: [Int64], keys: [String]) async throws -> Int64? {
    try await changingBank { connection throws(PostgresError) in
      try await connection.query(
        "select guarantee_api.bank_pair($1::bigint[], array(select jsonb_array_elements_text($2::jsonb)))",
        [Self.array(lines), keys.jsonArray])
    }.value.flatMap { Int64($0) }
  }

  /// Reads the matches that stand, or those of a state.
  @discardableResult
  package func bankMatches(
    state: String? = nil, rows: RowSelection = RowSelection(),
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws -> String? {
    try await read(Reading("bank_matches", ["state": state]), rows, columns: columns, row: row)
  }

  /// Reads the events that the ledger lacks by what the bank says.
  package func bankEvents(
    office: String? = nil, currency: String? = nil,
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws {
    try await read(
      Reading("bank_events", ["office": office, "currency": currency]), columns: columns, row: row)
  }

  private static func array(_ numbers: [Int64]) -> String {
    "{" + numbers.map(String.init).joined(separator: ",") + "}"
  }

  /// Runs what changes something of the bank's side, and says as a sentence what the database refuses.
  private func changingBank(
    _ statement: BankStatement? = nil,
    _ body: (PostgresConnection) async throws(PostgresError) -> PostgresResult
  ) async throws -> PostgresResult {
    do {
      return try await withConnection { try await body($0) }
    } catch let error as PostgresError {
      guard let state = error.sqlState?.rawValue, state.hasPrefix("GL10") else { throw LedgerError(error) }
      let hint = error.hint.map { ". " + ($0.hasSuffix(".") ? String($0.dropLast()) : $0) } ?? ""
      if state == "GL105" { throw BankMatchRefusal(reason: error.message + hint) }
      let place: BankPlace? =
        switch error.constraint {
        case "bank_statement_connects"?: statement?.openingPlace
        case "bank_line_adds_up"?: statement?.closingPlace
        default: nil
        }
      throw BankFileError(
        file: place?.file ?? statement?.file ?? "bank", line: place?.line ?? statement?.place,
        field: place?.field,
        reason: error.message + hint)
    }
  }
}

/// Why a match can't be made, confirmed or undone, as a sentence.
package struct BankMatchRefusal: Error, Sendable, Hashable {
  package let reason: String
}

/// A statement as the database takes it.
private struct StatementContent: Encodable {
  struct Line: Encodable {
    let series: String
    let reference: String?
    let time: String?
    let bookedOn: String
    let valueOn: String
    let amount: String
    let charges: String?
    let reversal: Bool
    let `return`: Bool
    let interest: Bool
    let references: [String]
    let counterparty: String?
    let counterpartyAccount: String?
    let purpose: String?
    let place: String
  }

  let account: String
  let currency: String
  let office: String?
  let statement: String
  let extends: Bool
  let format: String
  let file: String
  let opensOn: String
  let closesOn: String
  let opening: String
  let closing: String
  let lines: [Line]

  init(_ statement: BankStatement, office: String?) {
    account = statement.account
    currency = statement.currency.rawValue
    self.office = office
    self.statement = statement.name
    extends = statement.isListOfDays
    format = statement.format.rawValue
    file = statement.file
    opensOn = statement.opensOn.description
    closesOn = statement.closesOn.description
    opening = statement.opening.text
    closing = statement.closing.text
    lines = statement.lines.map { line in
      Line(
        series: line.series, reference: line.reference.isEmpty ? nil : line.reference,
        time: line.time?.description,
        bookedOn: line.bookedOn.description, valueOn: line.valueOn.description, amount: line.amount.text,
        charges: line.charges?.text,
        reversal: line.isReversal, return: line.isReturn, interest: line.isInterest,
        references: line.references,
        counterparty: line.counterparty, counterpartyAccount: line.counterpartyAccount,
        purpose: line.purpose,
        place: "line \(line.place)")
    }
  }
}
