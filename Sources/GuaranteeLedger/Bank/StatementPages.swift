/// Statements as they stand in files, page by page, and whole ones of them.
struct StatementPages {
  /// A page of a statement; most statements have one alone.
  struct Page {
    var statement: BankStatement
    /// Which page it is, from 1; `nil` when it doesn't say.
    var number: Int?
    var isLast: Bool

    /// Whether it says what another page says.
    func says(_ other: Page) -> Bool {
      number == other.number && isLast == other.isLast && statement.opening == other.statement.opening
        && statement.closing == other.statement.closing && statement.lines == other.statement.lines
    }
  }

  private var pages: [Page] = []
  private var limits = BankText.Limits()

  mutating func add(_ page: Page) throws(BankFileProblem) {
    for line in page.statement.lines { try limits.count(line) }
    var page = page
    page.statement.openingPlace.file = page.statement.file
    page.statement.closingPlace.file = page.statement.file
    pages.append(page)
  }

  /// The statements whole, in the order in which they connect.
  ///
  /// - Throws: `BankFileError` when a page is missing, or pages don't connect.
  func statements() throws(BankFileError) -> [BankStatement] {
    var groups: [String: [Page]] = [:]
    for page in pages {
      let statement = page.statement
      groups["\(statement.account)\n\(statement.currency)\n\(statement.name)", default: []].append(page)
    }
    var whole: [BankStatement] = []
    for group in groups.values { whole += try Self.joined(group) }
    for statement in whole { try statement.expectSum() }
    whole.putInOrder()
    return whole
  }

  /// The pages of one statement as one; a file given twice stays two statements of the same name.
  private static func joined(_ pages: [Page]) throws(BankFileError) -> [BankStatement] {
    if pages.allSatisfy({ $0.isLast && ($0.number ?? 1) == 1 }) {
      return pages.map { $0.statement.numbered() }
    }
    // A page that was given twice is one.
    let sorted = pages.sorted { ($0.number ?? 1) < ($1.number ?? 1) }
      .reduce(into: [Page]()) { if !($0.last?.says($1) ?? false) { $0.append($1) } }
    var whole = sorted[0].statement
    for (index, page) in sorted.enumerated() {
      let statement = page.statement
      guard page.number == index + 1 else {
        throw error(
          statement,
          "page \(index + 1) of statement \(statement.name) is missing: give all its pages together")
      }
      guard page.isLast == (index == sorted.count - 1) else {
        throw error(
          statement,
          page.isLast
            ? "statement \(statement.name) goes on behind its last page"
            : "the pages of statement \(statement.name) behind page \(index + 1) are missing: give all its pages together"
        )
      }
      if index > 0 {
        guard statement.opening == whole.closing else {
          throw error(
            statement,
            "page \(index + 1) of statement \(statement.name) opens with \(statement.opening.text), and the page before it ends with \(whole.closing.text)"
          )
        }
        whole.lines += statement.lines
        whole.closing = statement.closing
        whole.closingPlace = statement.closingPlace
        whole.closesOn = max(whole.closesOn, statement.closesOn)
        whole.opensOn = min(whole.opensOn, statement.opensOn)
      }
    }
    return [whole.numbered()]
  }

  private static func error(_ statement: BankStatement, _ reason: String) -> BankFileError {
    BankFileError(file: statement.file, line: statement.place, field: nil, reason: reason)
  }
}

extension BankStatement {
  /// - Throws: `BankFileError` unless opening balance and lines give the closing balance.
  fileprivate func expectSum() throws(BankFileError) {
    if let line = lines.first(where: {
      !BankValues.isHeld($0.amount) || !($0.charges.map(BankValues.isHeld) ?? true)
    }) {
      throw BankFileError(
        file: file, line: line.place, field: nil,
        reason: "\(shown(line.amount.text)) is more than the ledger can hold")
    }
    for (balance, place) in [(opening, openingPlace), (closing, closingPlace)]
    where !BankValues.isHeld(balance) {
      throw BankFileError(
        file: place.file, line: place.line, field: place.field,
        reason: "\(shown(balance.text)) is more than the ledger can hold")
    }
    guard let total = try? lines.reduce(opening, { try $0 + $1.amount }) else {
      throw BankFileError(
        file: file, line: place, field: nil, reason: "the amounts come to more than the ledger can hold")
    }
    guard total != closing else { return }
    throw BankFileError(
      file: closingPlace.file, line: closingPlace.line, field: closingPlace.field,
      reason:
        "the statement does not add up: with its \(lines.count) lines \(opening.text) becomes \(total.text), "
        + "and it closes with \(closing.text). Lines may be missing: ask the bank for the whole statement")
  }

  /// The statement with a series and a reference of its own for each line; a list of days leaves open which lines
  /// without one are which.
  fileprivate func numbered() -> BankStatement {
    var statement = self
    for index in lines.indices where !isListOfDays {
      statement.lines[index].series = name
      if lines[index].reference.isEmpty { statement.lines[index].reference = "#\(index + 1)" }
    }
    statement.lines = statement.lines.withDistinctReferences()
    return statement
  }
}
