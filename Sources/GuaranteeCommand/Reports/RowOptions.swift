import ArgumentParser
import GuaranteeLedger

/// Which rows of a list are printed, which of their columns, and how they are sorted.
struct RowOptions: ParsableArguments {
  @Option(help: Filter.office) var office: String?
  @Option(help: Filter.stage) var stage: String?
  @Option(help: Filter.guarantor) var guarantor: String?
  @Option(help: ArgumentHelp("Only this currency.", valueName: "currency")) var currency: String?
  @Option(
    help: ArgumentHelp("Only what runs out within so many days, or has run out already.", valueName: "days"))
  var dueWithin: Int?
  @Option(help: ArgumentHelp("Only what is of this day or of a later one.", valueName: "date"))
  var since: String?

  @OptionGroup var columns: ColumnOptions
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Sort by these columns, with commas between: -amount begins with the most. Empty cells come last.",
      valueName: "columns"))
  var sort: String?
  @Option(help: ArgumentHelp("At most so many rows, the first ones.", valueName: "rows"))
  var limit: Int?
  @Option(
    help: ArgumentHelp(
      "What comes after this place, with which the page before ended.", valueName: "place"))
  var after: String?

  func validate() throws {
    if let limit, !(1...1_000_000_000).contains(limit) {
      throw misuse("--limit takes a number of rows from 1 on: leave it out for all.")
    }
    if let dueWithin, !(0...36500).contains(dueWithin) {
      throw misuse("--due-within takes a number of days from 0 to 36500.")
    }
    if let since, LedgerDate(since) == nil {
      throw misuse("--since takes a date as YYYY-MM-DD: '\(since)' is none.")
    }
    if sort != nil { try ColumnOptions.validate(sortKeys.map(\.column), of: "--sort") }
  }

  /// What the library is asked for.
  var selection: RowSelection {
    var selection = RowSelection(limit: limit)
    let given: [RowFilter: String?] = [
      .office: office, .stage: stage, .guarantor: guarantor, .currency: currency, .since: since,
      .dueWithin: dueWithin.map { String($0) },
    ]
    selection.filters = given.compactMapValues { $0 }
    selection.sort = sortKeys
    selection.after = after
    selection.tellsColumnsFirst = columns.names != nil
    return selection
  }

  /// What was named in the options.
  var names: GivenNames {
    GivenNames([.office: office, .stage: stage, .guarantor: guarantor, .currency: currency])
  }

  private var sortKeys: [RowSelection.SortKey] {
    (sort.map(ColumnOptions.names) ?? []).map { name in
      name.hasPrefix("-")
        ? .init(column: String(name.dropFirst()), isDescending: true) : .init(column: name)
    }
  }
}

extension SelectionMistake: FailureConvertible {
  var failure: Failure {
    switch self {
    case .unknownColumn(let name, let columns): UnknownColumn(name: name, columns: columns).failure
    case .nothingToFilter(let filter, let possible):
      Failure(
        .usage,
        possible.isEmpty
          ? "--\(filter.rawValue) fits nothing in these rows, nor does any other filter: leave it out."
          : """
          --\(filter.rawValue) fits nothing in these rows. What fits is \
          \(possible.map { "--" + $0.rawValue }.joined(separator: ", ")).
          """)
    case .badPlace(let text, let columns):
      Failure(
        .usage,
        """
        '\(text)' is no place among these rows: --after takes \(columns.joined(separator: ",")) of the last row of \
        the page before, with the same --sort.
        """)
    }
  }
}
