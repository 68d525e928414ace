extension Ledger {
  /// Rows of a function of the database, of a period if there is one.
  func rows<Row: ReadableRow>(
    of function: String, _ arguments: KeyValuePairs<String, String?>,
    _ period: KeyValuePairs<String, String?> = [:], limit: Int? = nil, deadline: Duration?
  ) -> LedgerRows<Row> {
    var reading = Reading(function, columns: Row.columns, arguments)
    for (name, value) in period { reading.narrow(name, to: value) }
    if let limit { reading = reading.page(Page(limit: limit)) }
    return LedgerRows(self, reading, deadline)
  }

  /// Rows of a function of the database from a bookmark on.
  func rows<Row: PageableRow>(
    of function: String, _ arguments: KeyValuePairs<String, String?>, after bookmark: Bookmark<Row>?,
    limit: Int?, deadline: Duration?
  ) -> LedgerRows<Row> {
    var reading = Reading(function, columns: Row.columns, arguments)
    if limit != nil || bookmark != nil {
      let order = Row.order.map { OrderItem(column: $0) }
      reading = reading.page(Page(order: order, after: bookmark?.values, limit: limit))
    }
    return LedgerRows(self, reading, deadline)
  }
}
