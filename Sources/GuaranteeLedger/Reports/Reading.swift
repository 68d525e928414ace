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
  private static let counting: Set = ["due", "report_statement"]

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
    page.begin(at: after.first?.value ?? nil)
    page.limit = limit.map { max(0, $0) }
    if let limit = page.limit, after.isEmpty, Self.counting.contains(function) {
      page.narrow("first", to: String(limit))
    }
    return page
  }

  /// Leaves out days before a place that rows are wanted after, where rows are sorted by their day: the comparison with the
  /// place looks at each row, but a first day is where the database begins.
  ///
  /// - Parameter day: The place's first value; `nil` or empty when there is none.
  mutating func begin(at day: String?) {
    guard Self.sortedByDay.contains(function), let day, !day.isEmpty else { return }
    let first = max(value(of: "from_date") ?? day, day)
    arguments.removeAll { $0.name == "from_date" }
    narrow("from_date", to: first)
  }

  /// Functions that sort their rows by their day first, and take `from_date`.
  private static let sortedByDay: Set = ["report_journal"]

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
