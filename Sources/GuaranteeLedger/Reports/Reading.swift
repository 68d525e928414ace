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
  /// Which rows; `nil` for all.
  private(set) var page: Page?

  init(_ function: String, columns: [String] = [], _ arguments: KeyValuePairs<String, String?> = [:]) {
    self.function = function
    self.columns = columns
    for (name, value) in arguments { narrow(name, to: value) }
  }

  /// Gives the function an argument unless it is `nil`.
  mutating func narrow(_ name: String, to value: String?) {
    if let value { arguments.append((name, value)) }
  }

  /// The rows of a page; of one with fewer rows than none, none.
  func page(_ page: Page) -> Reading {
    var (reading, page) = (self, page)
    page.limit = page.limit.map { max(0, $0) }
    reading.page = page
    if !page.isSorted { reading.narrow(to: page) }
    return reading
  }

  /// Functions that have to know how many rows are wanted; to others the limit around them says it.
  private static let counting: Set = ["due", "report_period_statement", "report_statement"]
  /// Functions that sort their rows by day, with the argument that is the first day to come. Those of them that count rows
  /// count from the day after it.
  private static let firstDay = [
    "report_journal": "from_date", "report_period_statement": "since", "report_statement": "since",
  ]

  /// Leaves out what isn't on a page: the comparison with its place and its limit look at each row, but a first day and a
  /// number of rows say where the database begins and ends.
  private mutating func narrow(to page: Page) {
    if let place = page.after {
      guard let firstDay = Self.firstDay[function],
        let day = zip(page.order, place).first(where: { $0.0.column == "on" })?.1, !day.isEmpty
      else { return }
      let first = max(value(of: firstDay) ?? day, day)
      arguments.removeAll { $0.name == firstDay }
      narrow(firstDay, to: first)
    }
    // Of rows that a filter leaves out, nobody knows how many there are.
    if page.filters.isEmpty, Self.counting.contains(function) {
      narrow("first", to: page.limit.map(String.init))
    }
  }

  /// The values of `$1` and so on.
  var parameters: [String?] { arguments.map(\.value) + (page.map { [$0.json] } ?? []) }

  /// Whether it can be asked of the past: what is about all there is can't.
  var looksBack: Bool { !Self.ofThePresent.contains(function) }

  private static let ofThePresent: Set = [
    "check_ledger", "choices", "event_facts", "events_in_period", "field_problem", "lapsed", "members",
    "next_steps", "preview", "unknown_names", "what_is_needed",
  ]

  /// The value that an argument has already.
  func value(of argument: String) -> String? { arguments.first { $0.name == argument }?.value }

  /// All of the statement from FROM on. Pages are made at the desk, for owners too.
  ///
  /// - Parameters:
  ///   - first: The number of its first parameter.
  ///   - lookBack: What it shows; `nil` for all there is.
  func source(from first: Int, _ lookBack: LookBack? = nil) -> String {
    var given = arguments.enumerated().map { "\($1.name) => $\(first + $0)" }
    if page != nil { given.append("page => $\(first + given.count)::jsonb") }
    let schemas =
      page == nil ? ("guarantee_api", "guarantee_past") : ("guarantee_desk", "guarantee_desk_past")
    let schema = lookBack == nil || !looksBack ? schemas.0 : schemas.1
    return "from \(schema).\(function)(\(given.joined(separator: ", ")))"
  }
}

extension Reading: StatementOfReading {
  func sql(_ lookBack: LookBack?) -> String {
    let list = columns.isEmpty ? "*" : columns.map { "\"\($0)\"" }.joined(separator: ", ")
    return "select \(list) \(source(from: 1, lookBack))"
  }
}
