/// What is read with one statement.
protocol StatementOfReading {
  /// The values of `$1` and so on.
  var parameters: [String?] { get }

  /// The statement.
  ///
  /// - Parameter lookBack: What it shows; `nil` for all there is.
  func sql(_ lookBack: LookBack?) -> String
}

/// A function of the database that gives rows, with what narrows them: one SELECT.
struct Reading: Sendable {
  /// Its name within the schema of what may be called.
  let function: String
  /// Arguments by their names, those that were given.
  private(set) var arguments: [(name: String, value: String)] = []
  /// The columns to read; all of them when there is none.
  let columns: [String]
  /// Rows after the one that has these values in these columns, by which the rows are sorted.
  private(set) var after: [(column: String, value: String?)] = []
  private(set) var limit: Int?

  /// Functions that have to know how many rows are wanted; to others the limit around them says it.
  private static let counting: Set = ["due", "report_period_statement", "report_statement"]
  /// Functions that sort their rows by day, with the argument that is the first day to come. Those of them that count rows
  /// count from the day after it.
  private static let firstDay = [
    "report_journal": "from_date", "report_period_statement": "since", "report_statement": "since",
  ]

  init(_ function: String, columns: [String] = [], _ arguments: KeyValuePairs<String, String?> = [:]) {
    self.function = function
    self.columns = columns
    for (name, value) in arguments { narrow(name, to: value) }
  }

  /// Gives the function an argument unless it is `nil`.
  mutating func narrow(_ name: String, to value: String?) {
    if let value { arguments.append((name, value)) }
  }

  /// The rows that follow the one with these values, at most so many; `nil` for all.
  func page(after: [(column: String, value: String?)], limit: Int?) -> Reading {
    var page = self
    page.after = after
    page.limit = limit.map { max(0, $0) }
    page.narrowToPage(after: after, limit: page.limit)
    return page
  }

  /// Leaves out what isn't on a page: the comparison with the place before it and the limit around it look at each row, but
  /// a first day and a number of rows say where the database begins and ends.
  ///
  /// - Parameters:
  ///   - place: What the page comes after, by columns; empty for the first page.
  ///   - limit: How many rows are wanted; `nil` for all.
  mutating func narrowToPage(after place: [(column: String, value: String?)], limit: Int?) {
    if !place.isEmpty {
      guard let firstDay = Self.firstDay[function],
        let day = place.first(where: { $0.column == "on" })?.value,
        !day.isEmpty
      else { return }
      let first = max(value(of: firstDay) ?? day, day)
      arguments.removeAll { $0.name == firstDay }
      narrow(firstDay, to: first)
    }
    if Self.counting.contains(function) { narrow("first", to: limit.map(String.init)) }
  }

  /// The values of `$1` and so on.
  var parameters: [String?] {
    arguments.map(\.value) + after.map(\.value) + (limit.map { [String($0)] } ?? [])
  }

  /// Whether it can be asked of the past: what is about all there is can't.
  var looksBack: Bool { !Self.ofThePresent.contains(function) }

  private static let ofThePresent: Set = [
    "check_ledger", "choices", "event_facts", "events_in_period", "field_problem", "lapsed", "members",
    "next_steps", "preview", "unknown_names", "what_is_needed",
  ]

  /// The value that an argument has already.
  func value(of argument: String) -> String? { arguments.first { $0.name == argument }?.value }

  /// Where its function is.
  func schema(_ lookBack: LookBack?) -> String {
    lookBack == nil || !looksBack ? "guarantee_api" : "guarantee_past"
  }

  /// All of the statement from FROM on.
  ///
  /// - Parameters:
  ///   - first: The number of its first parameter.
  ///   - lookBack: What it shows; `nil` for all there is.
  func source(from first: Int, _ lookBack: LookBack? = nil) -> String {
    let given = arguments.enumerated().map { "\($1.name) => $\(first + $0)" }
    var sql = "from \(schema(lookBack)).\(function)(\(given.joined(separator: ", ")))"
    var next = first + arguments.count
    if !after.isEmpty {
      // The tables' texts sort by bytes, and so has the comparison to.
      let columns = after.map {
        Self.isText($0.column) ? "\(Self.quoted($0.column)) collate \"C\"" : Self.quoted($0.column)
      }
      let values = after.indices.map { "$\(next + $0)" }
      sql += " where (\(columns.joined(separator: ", "))) > (\(values.joined(separator: ", ")))"
      next += after.count
    }
    if limit != nil { sql += " limit $\(next)::bigint" }
    return sql
  }

  private static func quoted(_ column: String) -> String { "\"\(column)\"" }

  /// Columns that are sorted by are codes but for dates and running numbers.
  private static func isText(_ column: String) -> Bool {
    !column.hasSuffix("_on") && !["on", "sequence", "line", "number"].contains(column)
  }
}

extension Reading: StatementOfReading {
  func sql(_ lookBack: LookBack?) -> String {
    let list = columns.isEmpty ? "*" : columns.map(Self.quoted).joined(separator: ", ")
    return "select \(list) \(source(from: 1, lookBack))"
  }
}
