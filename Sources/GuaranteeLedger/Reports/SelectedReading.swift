/// A reading of which some rows are wanted, in an order of somebody's choice.
struct SelectedReading {
  /// The reading with its page.
  let reading: Reading
  private let shape: RowShape
  /// What tells each row from the others by its place: what is sorted by, and what settles the rest.
  private let order: [OrderItem]

  /// - Throws: `SelectionMistake` when the reading's rows don't have what the selection is about.
  init(_ reading: Reading, _ selection: RowSelection, _ shape: RowShape) throws(SelectionMistake) {
    var (reading, filters) = (reading, [Page.Filter]())
    for filter in RowFilter.allCases {
      guard let value = selection.filters[filter], reading.value(of: filter.rawValue) == nil else { continue }
      if shape.arguments.contains(filter.rawValue) {
        reading.narrow(filter.rawValue, to: value)
      } else if let (condition, column) = Self.condition(for: filter, shape) {
        filters.append(Page.Filter(condition: condition, column: column, value: value))
      } else {
        throw .nothingToFilter(filter, possible: Self.filters(of: shape))
      }
    }
    let own = RowOrder.items(of: reading.function)
    let sort = try selection.sort.map { key throws(SelectionMistake) in
      guard shape.column(key.column) != nil else {
        throw .unknownColumn(key.column, columns: shape.columns.map(\.name))
      }
      // By the column's ranks, where it has some, and among equal ones by its values.
      return (own.filter { $0.column == key.column && $0.isRanked }.map(\.comparison) + [.emptyLast])
        .map { OrderItem(column: key.column, comparison: $0, isDescending: key.isDescending) }
    }.flatMap { $0 }
    let order = sort + own.filter { item in !selection.sort.contains { $0.column == item.column } }
    let place = try selection.after.map { text throws(SelectionMistake) in
      try PlaceText.values(in: text, of: order, shape)
    }
    self.reading = reading.page(
      Page(filters: filters, order: order, isSorted: !sort.isEmpty, after: place, limit: selection.limit))
    self.shape = shape
    self.order = order
  }

  /// Where a page ends whose last row is this one.
  func place(of row: [String?]) -> String {
    PlaceText.text(
      order.map { item in shape.columns.firstIndex { $0.name == item.column }.flatMap { row[$0] } })
  }

  private static func condition(
    for filter: RowFilter, _ shape: RowShape
  ) -> (Page.Filter.Condition, column: String)? {
    let isOfDisputes = shape.column("dispute") != nil
    switch filter {
    case .dueWithin where shape.column("due_on") != nil: return (.dueWithin, "due_on")
    case .dueWithin where isOfDisputes: return (.ofDisputesDueWithin, "dispute")
    case .since: return (shape.column("since") ?? shape.columns.first { $0.isDay }).map { (.since, $0.name) }
    case _ where shape.column(filter.rawValue) != nil: return (.equal, filter.rawValue)
    case .stage where isOfDisputes, .guarantor where isOfDisputes: return (.ofDisputes, filter.rawValue)
    default: return nil
    }
  }

  /// What rows of the shape can be narrowed to.
  private static func filters(of shape: RowShape) -> [RowFilter] {
    RowFilter.allCases.filter { shape.arguments.contains($0.rawValue) || condition(for: $0, shape) != nil }
  }
}

extension OrderItem {
  fileprivate var isRanked: Bool { if case .ranked = comparison { true } else { false } }
}
