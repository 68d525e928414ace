/// A reading of which some rows are wanted, in an order of somebody's choice: one SELECT around the reading's own.
///
/// What people wrote is only ever the value of a parameter; columns are those that the database has.
struct SelectedReading: StatementOfReading {
  private let reading: Reading
  private let conditions: [Condition]
  private let sort: [OrderItem]
  /// What tells each row from the others by its place: what is sorted by, and what settles the rest.
  private let order: [OrderItem]
  private let shape: RowShape
  private let place: [String]?
  private let limit: Int?

  /// A condition with one value.
  private struct Condition {
    /// The condition for the number of its parameter, and the schema whose functions it may ask.
    let sql: @Sendable (_ number: Int, _ schema: String) -> String
    let value: String
  }

  /// - Throws: `SelectionMistake` when the reading's rows don't have what the selection is about.
  init(_ reading: Reading, _ selection: RowSelection, _ shape: RowShape) throws(SelectionMistake) {
    var (reading, conditions) = (reading, [Condition]())
    for filter in RowFilter.allCases {
      guard let value = selection.filters[filter], reading.value(of: filter.rawValue) == nil else { continue }
      if shape.arguments.contains(filter.rawValue) {
        reading.narrow(filter.rawValue, to: value)
      } else if let sql = Self.condition(for: filter, shape) {
        conditions.append(Condition(sql: sql, value: value))
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
    place = try selection.after.map { text throws(SelectionMistake) in
      try PlaceText.values(in: text, of: order, shape)
    }
    if sort.isEmpty {
      // Of rows that a condition leaves out, nobody knows how many there are.
      reading.narrowToPage(
        after: place.map { Array(zip(order.map(\.column), $0)) } ?? [],
        limit: conditions.isEmpty ? selection.limit : nil)
    }
    self.sort = sort
    self.order = order
    self.reading = reading
    self.conditions = conditions
    self.shape = shape
    limit = selection.limit
  }

  var parameters: [String?] {
    reading.parameters + conditions.map(\.value) + bound.map(\.value) + (limit.map { [String($0)] } ?? [])
  }

  func sql(_ lookBack: LookBack?) -> String {
    let schema = reading.schema(lookBack)
    var next = reading.parameters.count + 1
    var wheres: [String] = []
    for condition in conditions {
      wheres.append(condition.sql(next, schema))
      next += 1
    }
    if place != nil { wheres.append(laterThanPlace(from: next)) }
    next += bound.count
    var sql = "select s.* from (\(reading.sql(lookBack))) s"
    if !wheres.isEmpty { sql += " where " + wheres.joined(separator: " and ") }
    if !sort.isEmpty { sql += " order by " + order.map { $0.sorting(shape) }.joined(separator: ", ") }
    if limit != nil { sql += " limit $\(next)::bigint" }
    return sql
  }

  /// Where a page ends whose last row is this one.
  func place(of row: [String?]) -> String {
    PlaceText.text(
      order.map { item in shape.columns.firstIndex { $0.name == item.column }.flatMap { row[$0] } })
  }

  // MARK: Conditions

  private static func condition(
    for filter: RowFilter, _ shape: RowShape
  ) -> (@Sendable (Int, String) -> String)? {
    let isOfDisputes = shape.column("dispute") != nil
    switch filter {
    case .dueWithin where shape.column("due_on") != nil:
      return { number, schema in "s.due_on <= \(schema).today() + $\(number)::integer" }
    case .dueWithin where isOfDisputes:
      return { number, schema in
        "s.dispute = any(array(select u.dispute from \(schema).due(within => $\(number)) u where u.due_on is not null))"
      }
    case .since:
      guard let day = (shape.column("since") ?? shape.columns.first { $0.isDay })?.name else { return nil }
      return { number, _ in "s.\"\(day)\"::date >= $\(number)::date" }
    case _ where shape.column(filter.rawValue) != nil:
      return { number, _ in "s.\"\(filter.rawValue)\" = $\(number)" }
    case .stage where isOfDisputes, .guarantor where isOfDisputes:
      return { number, schema in
        "s.dispute in (select d.dispute from \(schema).disputes_among(\(filter.rawValue) => $\(number)) d)"
      }
    default: return nil
    }
  }

  /// What rows of the shape can be narrowed to.
  private static func filters(of shape: RowShape) -> [RowFilter] {
    RowFilter.allCases.filter { shape.arguments.contains($0.rawValue) || condition(for: $0, shape) != nil }
  }

  // MARK: The place

  /// The values of the place that there are, by their items.
  private var bound: [(item: Int, value: String)] {
    guard let place else { return [] }
    return place.enumerated().compactMap { index, value in
      order[index].isNothing(value, shape) ? nil : (index, value)
    }
  }

  /// Rows that are like the place in some of the first items, and come after it in the next.
  private func laterThanPlace(from first: Int) -> String {
    let numbers = Dictionary(uniqueKeysWithValues: bound.enumerated().map { ($1.item, first + $0) })
    var same: [String] = []
    var ways: [String] = []
    for (index, item) in order.enumerated() {
      let value = numbers[index].map { item.value($0, shape) }
      if let value { ways.append((same + [item.later(than: value, shape)]).joined(separator: " and ")) }
      same.append(item.expression(shape) + (value.map { " = " + $0 } ?? " is null"))
    }
    let later = ways.isEmpty ? "false" : "(" + ways.map { "(\($0))" }.joined(separator: " or ") + ")"
    guard let number = numbers[0], order[0].isText(shape),
      order[0] == RowOrder.items(of: reading.function).first
    else { return later }
    // Where several ways lead on, the database looks at each row: this says where it begins.
    return "s.\"\(order[0].column)\" collate \"C\" >= $\(number) and \(later)"
  }
}

extension OrderItem {
  var isRanked: Bool { if case .ranked = comparison { true } else { false } }

  private func column(_ shape: RowShape) -> RowShape.Column? { shape.column(column) }

  /// Whether it is a text from the first to the last.
  fileprivate func isText(_ shape: RowShape) -> Bool {
    comparison == .value && !isDescending && column(shape)?.isText == true
  }

  /// What is compared.
  fileprivate func expression(_ shape: RowShape) -> String {
    switch (comparison, column(shape)?.type) {
    case (.ranked, _): rank(of: "s.\"\(column)\"")
    case (.value, "text"): "coalesce(s.\"\(column)\", '') collate \"C\""
    case (.emptyLast, "text"): "nullif(s.\"\(column)\", '') collate \"C\""
    case (_, "jsonb"): "s.\"\(column)\"::text collate \"C\""
    default: "s.\"\(column)\""
    }
  }

  /// The parameter as what the column is compared to.
  fileprivate func value(_ number: Int, _ shape: RowShape) -> String {
    let type = column(shape)?.type ?? "text"
    return isRanked ? rank(of: "$\(number)") : "$\(number)::\(type == "jsonb" ? "text" : type)"
  }

  fileprivate func sorting(_ shape: RowShape) -> String {
    expression(shape) + (isDescending ? " desc" : "") + " nulls last"
  }

  fileprivate func later(than value: String, _ shape: RowShape) -> String {
    let expression = expression(shape)
    return "(\(expression) \(isDescending ? "<" : ">") \(value) or \(expression) is null)"
  }

  /// Whether a value of a place says that there is none: then it is compared as nothing.
  fileprivate func isNothing(_ value: String, _ shape: RowShape) -> Bool {
    guard value.isEmpty, !isRanked else { return false }
    return comparison == .emptyLast || column(shape)?.isText != true
  }

  private func rank(of text: String) -> String {
    guard case .ranked(let codes) = comparison else { return text }
    let array = codes.map { "\"\($0)\"" }.joined(separator: ",")
    return "coalesce(array_position('{\(array)}'::text[], \(text)), 0)"
  }
}
