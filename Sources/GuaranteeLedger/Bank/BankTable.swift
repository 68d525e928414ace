/// A table as a bank's file has it: titles, a header, rows, and titles again.
struct BankTable {
  struct Row {
    let place: Int
    let cells: [String]

    /// Whether nothing stands in it.
    var isBlank: Bool { cells.allSatisfy(\.isEmpty) }
  }

  let layout: BankLayout
  let rows: [Row]
  private let header: [String: Int]
  private let headings: [String]
  private let titles: [String: String]
  private let headerPlace: Int

  /// Finds the header within the first rows, for the first layout that has one.
  ///
  /// - Parameter isOwn: Whether the layout was given by the caller.
  init(_ all: [Row], layouts: [BankLayout], isOwn: Bool) throws(BankFileProblem) {
    for layout in layouts {
      for (index, row) in all.prefix(Self.mostTitles).enumerated() {
        var header: [String: Int] = [:]
        for (column, name) in row.cells.enumerated() where header[name] == nil { header[name] = column }
        let has = { (member: String) in layout.names(member).contains { header[$0] != nil } }
        let hasAmounts =
          has("debit") && has("credit") || has("amount") && (!layout.has("side") || has("side"))
        guard has("booked_on"), hasAmounts else { continue }
        self.layout = layout
        self.header = header
        headings = row.cells
        headerPlace = row.place
        var (rows, others): ([Row], [Row]) = ([], Array(all[..<index]))
        for below in all[(index + 1)...] {
          // The header comes again on each page, and behind a page's total the bookings go on.
          if below.cells == row.cells { continue }
          let cell = { (member: String) in
            layout.names(member).lazy.compactMap { header[$0] }.first.flatMap {
              $0 < below.cells.count ? below.cells[$0] : ""
            }
          }
          let isOther =
            Self.isBalance(below)
            || (Self.isTotal(below) ? !Self.isBooking(cell) : others.count > index && !Self.isDated(cell))
          if isOther {
            others.append(below)
          } else {
            rows.append(below)
          }
        }
        self.rows = rows
        titles = Self.titles(in: others)
        return
      }
    }
    throw BankFileProblem(
      all.first?.place,
      isOwn
        ? "no line names the columns that the layout says: booked_on, and debit and credit or amount"
        : "no line names the columns of a statement: say in a layout (--layout) how they are called")
  }

  static let mostTitles = 60

  /// Whether a row behind a total is a booking: it has a date where bookings have theirs.
  private static func isDated(_ cell: (String) -> String?) -> Bool {
    cell("booked_on").flatMap(BankValues.date) != nil
  }

  /// Whether a row that begins as totals do is a booking after all: dated, of one amount, and with a balance behind it
  /// where the table has them.
  private static func isBooking(_ cell: (String) -> String?) -> Bool {
    func isMoved(_ member: String) -> Bool {
      cell(member)?.contains { $0.isASCII && $0.isNumber && $0 != "0" } ?? false
    }
    let hasSides = cell("debit") != nil && cell("credit") != nil
    return isDated(cell) && (hasSides ? isMoved("debit") != isMoved("credit") : isMoved("amount"))
      && cell("balance")?.isEmpty != true
  }

  private static func isTotal(_ row: Row) -> Bool {
    let first = row.cells.first { !$0.isEmpty } ?? ""
    return ["合计", "总计", "小计", "累计"].contains { first.contains($0) }
      || ["本期", "Total"].contains { first.hasPrefix($0) }
  }

  /// Whether it says what was there before or behind the bookings, which no payer is called.
  private static func isBalance(_ row: Row) -> Bool {
    let first = row.cells.first { !$0.isEmpty } ?? ""
    return ["期初余额", "期末余额", "本期期初余额", "本期期末余额", "承前页", "过次页", "Opening balance", "Closing balance"].contains {
      first.hasPrefix($0)
    }
  }

  /// What stands behind names, in their cell with a colon between, or in the next one.
  private static func titles(in rows: [Row]) -> [String: String] {
    var titles: [String: String] = [:]
    for row in rows {
      for (index, cell) in row.cells.enumerated() where !cell.isEmpty {
        let colon = cell.firstIndex { $0 == ":" || $0 == "：" }
        let name = (colon.map { cell[..<$0] } ?? cell[...]).trimmingBlanks
        var value = colon.map { cell[cell.index(after: $0)...].trimmingBlanks } ?? ""
        if value.isEmpty { value = row.cells[(index + 1)...].first { !$0.isEmpty } ?? "" }
        if titles[name] == nil, !value.isEmpty { titles[name] = value }
      }
    }
    return titles
  }

  // MARK: Values

  /// What a column of the row says; `nil` when there is no such column, or nothing in it.
  func value(_ member: String, in row: Row) -> String? {
    for name in layout.names(member) {
      if let column = header[name], column < row.cells.count, !row.cells[column].isEmpty {
        return row.cells[column]
      }
    }
    return nil
  }

  /// All that the columns of a member say.
  func values(_ member: String, in row: Row) -> [String] {
    layout.names(member).compactMap { name in
      guard let column = header[name], column < row.cells.count, !row.cells[column].isEmpty else {
        return nil
      }
      return row.cells[column]
    }
  }

  /// What a title says.
  func title(_ member: String) -> String? {
    layout.names(member).lazy.compactMap { titles[$0] }.first
  }

  func has(_ member: String) -> Bool { layout.names(member).contains { header[$0] != nil } }

  /// What the table calls a column, for messages.
  func heading(_ member: String) -> String {
    "column " + (layout.names(member).first { header[$0] != nil } ?? member)
  }

  /// Throws when a row has more values than the header has names.
  func check(_ row: Row) throws(BankFileProblem) {
    var cells = row.cells[...]
    while cells.last == "" { cells.removeLast() }
    guard cells.count <= headings.count else {
      throw BankFileProblem(
        row.place,
        "the row has \(cells.count) values for the \(headings.count) columns named in line \(headerPlace)")
    }
  }
}
