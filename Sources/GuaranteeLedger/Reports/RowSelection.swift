/// Which rows of a reading come, how they are sorted, and from where on: what people choose beside the reading itself.
package struct RowSelection: Sendable {
  /// A column to sort by.
  package struct SortKey: Sendable, Hashable {
    package let column: String
    package var isDescending = false

    package init(column: String, isDescending: Bool = false) {
      self.column = column
      self.isDescending = isDescending
    }
  }

  /// What the rows have to be.
  package var filters: [RowFilter: String] = [:]
  /// What to sort by; empty for the reading's own order, which settles too what this leaves open.
  package var sort: [SortKey] = []
  /// Where the page before ended, as reading it said.
  package var after: String?
  /// How many rows to read at most; `nil` for all.
  package var limit: Int?
  /// Whether the columns are to be told before anything is read, so that a wrong one is found at once.
  package var tellsColumnsFirst = false

  package init(limit: Int? = nil) { self.limit = limit }

  /// Whether it is all of the reading, or its beginning.
  var isPlain: Bool { filters.isEmpty && sort.isEmpty && after == nil && !tellsColumnsFirst }
}

/// What rows of any reading can be narrowed to that has what it is about.
package enum RowFilter: String, Sendable, CaseIterable {
  case office
  case stage
  case guarantor
  case currency
  /// The first day, as `YYYY-MM-DD`.
  case since
  /// How many days ahead the last day is.
  case dueWithin = "due-within"
}

/// A selection that a reading can't make.
package enum SelectionMistake: Error, Sendable, Equatable {
  /// There is no such column to sort by.
  case unknownColumn(String, columns: [String])
  /// The rows have nothing that the filter is about.
  case nothingToFilter(RowFilter, possible: [RowFilter])
  /// A page that ended there is none of these rows.
  case badPlace(String, columns: [String])
}
