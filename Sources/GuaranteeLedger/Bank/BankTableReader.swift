/// Reads lists of bookings as CSV, with titles before the header, as Chinese banks give them.
struct BankTableReader {
  let file: String
  let hints: BankFiles.Hints

  /// A line with the balance that the bank gives behind it.
  private struct Booking {
    var line: BankLine
    let balance: Money?
    let account: String
  }

  func read(_ bytes: [UInt8]) throws -> [StatementPages.Page] {
    let table = try BankTable(
      try rows(of: bytes), layouts: hints.layout.map { [$0] } ?? BankLayout.common,
      isOwn: hints.layout != nil)
    guard !table.rows.isEmpty else { throw BankFileProblem(nil, "the table has no line below its header") }
    var accounts: [String] = []
    var bookings: [String: [Booking]] = [:]
    var limits = BankText.Limits()
    for row in table.rows {
      let booking = try booking(row, of: table)
      try limits.count(booking.line)
      let key = booking.account + "\n" + booking.line.amount.currency.rawValue
      if bookings[key] == nil { accounts.append(key) }
      bookings[key, default: []].append(booking)
    }
    return try accounts.map { key in
      try page(bookings[key] ?? [], of: table, isOnly: accounts.count == 1)
    }
  }

  /// No bank's table has as many.
  private static let mostColumns = 100
  /// How many values all rows may have, which are kept until their header is found.
  private static let mostValues = 600_000

  private func rows(of bytes: [UInt8]) throws -> [BankTable.Row] {
    var source = ByteSource(bytes)
    var csv = CSVReader(line: 1)
    var rows: [BankTable.Row] = []
    var values = 0
    do {
      while let line = try csv.next(from: &source) {
        guard csv.row.ends.count <= Self.mostColumns else {
          throw BankFileProblem(line, "the row has more than \(Self.mostColumns) values")
        }
        let row = BankTable.Row(
          place: line, cells: csv.row.ends.indices.map { Self.plain(csv.row.text(at: $0)) })
        guard !row.isBlank else { continue }
        values += row.cells.count
        guard values <= Self.mostValues else {
          throw BankFileProblem(line, "the table has more than \(Self.mostValues) values; take fewer days")
        }
        guard rows.count < BankText.Limits.mostLines + BankTable.mostTitles else {
          throw BankText.Limits.tooMany(line)
        }
        rows.append(row)
      }
    } catch let problem as RowProblem {
      throw BankFileProblem(problem.line, problem.field.map { "column \($0)" }, problem.reason)
    }
    return rows
  }

  /// The value without what keeps spreadsheets from making a number of it.
  private static func plain(_ cell: String) -> String {
    let text = cell.trimmingBlanks
    return text.hasPrefix("'") ? String(text.dropFirst()) : text
  }

  // MARK: A row

  private func booking(_ row: BankTable.Row, of table: BankTable) throws -> Booking {
    try table.check(row)
    let currency = try currency(row, of: table)
    guard
      let account = (table.value("account", in: row) ?? table.title("account") ?? hints.account).map(
        BankValues.account),
      !account.isEmpty
    else {
      throw BankFileProblem(row.place, "nothing says of which account the table is: name it with --account")
    }
    guard !BankValues.isRounded(account) else {
      throw BankFileProblem(
        row.place, table.heading("account"),
        "\(shown(account)) is what a spreadsheet made of an account's number: take the file as the bank gave it"
      )
    }
    let bookedOn = try date("booked_on", row, of: table)
    guard let bookedOn else {
      throw BankFileProblem(row.place, table.heading("booked_on"), "the date is missing")
    }
    var (amount, isReversal) = try amount(row, of: table, in: currency)
    if table.layout.debitIsMoneyIn { amount = Self.negated(amount) }
    var line = BankLine(
      place: row.place, series: bookedOn.description, reference: table.value("reference", in: row) ?? "",
      bookedOn: bookedOn, valueOn: try date("value_on", row, of: table) ?? bookedOn, amount: amount)
    line.time = table.values("booked_on", in: row).lazy.compactMap(BankValues.time).first
    for text in table.values("purpose", in: row) { line.addPurpose(text) }
    for text in table.values("purpose", in: row) where text.utf8.count <= 35 { line.addReference(text) }
    for text in table.values("references", in: row) { line.addReference(text) }
    line.addReference(line.reference)
    line.counterparty = table.value("counterparty", in: row)
    line.counterpartyAccount = table.value("counterparty_account", in: row).map(BankValues.account)
    let says = { (member: String) in
      table.layout.names(member).contains { line.purpose?.contains($0) ?? false }
    }
    line.isReversal = isReversal || says("reversal_word")
    line.isInterest = says("interest_word")
    line.isReturn = ["退汇", "退款", "退回"].contains { line.purpose?.contains($0) ?? false }
    let balance = try table.value("balance", in: row).map {
      try money($0, "balance", row, of: table, in: currency)
    }
    return Booking(line: line, balance: balance, account: account)
  }

  private func currency(_ row: BankTable.Row, of table: BankTable) throws -> Currency {
    let text = table.value("currency", in: row) ?? table.title("currency")
    guard let text else {
      if let currency = hints.currency { return currency }
      throw BankFileProblem(row.place, "nothing says in which currency the table is: name it with --currency")
    }
    guard let currency = BankValues.currency(text) else {
      throw BankFileProblem(
        row.place, table.heading("currency"), "\(shown(text)) is no currency that is known")
    }
    return currency
  }

  private func date(_ member: String, _ row: BankTable.Row, of table: BankTable) throws -> LedgerDate? {
    guard let text = table.value(member, in: row) else { return nil }
    guard let date = BankValues.date(text) else {
      throw BankFileProblem(row.place, table.heading(member), "\(shown(text)) is no date")
    }
    return date
  }

  private func money(
    _ text: String, _ member: String, _ row: BankTable.Row, of table: BankTable, in currency: Currency
  ) throws -> Money {
    guard let money = BankValues.amount(text, in: currency) else {
      throw BankFileProblem(row.place, table.heading(member), "\(shown(text)) is no amount")
    }
    guard BankValues.isHeld(money) else {
      throw BankFileProblem(
        row.place, table.heading(member), "\(shown(text)) is more than the ledger can hold")
    }
    return money
  }

  /// The amount as the bank sees it: what it credits is money in. Negative numbers in a column that has a side of its
  /// own take something back.
  private func amount(
    _ row: BankTable.Row, of table: BankTable, in currency: Currency
  ) throws -> (amount: Money, isReversal: Bool) {
    if table.has("debit"), table.has("credit") {
      let sides = try ["debit", "credit"].map { member -> Money in
        guard let text = table.value(member, in: row), !["-", "--", "—"].contains(text) else {
          return .zero(in: currency)
        }
        return try money(text, member, row, of: table, in: currency)
      }
      let isSaid = (table.value("debit", in: row) ?? table.value("credit", in: row)) != nil
      // Some banks list what moves nothing; whether the balance did is seen when the rows are put in order.
      if isSaid, sides[0].isZero, sides[1].isZero { return (sides[0], false) }
      guard sides[0].isZero != sides[1].isZero else {
        throw BankFileProblem(
          row.place, table.heading("credit"), "one of debit and credit must have an amount, and not both")
      }
      return sides[0].isZero ? (sides[1], sides[1].isNegative) : (Self.negated(sides[0]), sides[0].isNegative)
    }
    guard let text = table.value("amount", in: row) else {
      throw BankFileProblem(row.place, table.heading("amount"), "the amount is missing")
    }
    let amount = try money(text, "amount", row, of: table, in: currency)
    guard table.layout.has("side") else { return (amount, false) }
    let side = table.value("side", in: row) ?? ""
    if table.layout.names("credit_word").contains(where: { $0 == side.uppercased() }) {
      return (amount, amount.isNegative)
    }
    if table.layout.names("debit_word").contains(where: { $0 == side.uppercased() }) {
      return (Self.negated(amount), amount.isNegative)
    }
    throw BankFileProblem(row.place, table.heading("side"), "\(shown(side)) says neither debit nor credit")
  }

  private static func negated(_ money: Money) -> Money {
    Money(digits: -money.digits, decimals: money.decimals, currency: money.currency) ?? money
  }

  // MARK: The statement

  private func page(_ bookings: [Booking], of table: BankTable, isOnly: Bool) throws -> StatementPages.Page {
    let bookings = try inOrder(bookings, of: table)
    let first = bookings[0]
    let currency = first.line.amount.currency
    var opening: Money?
    var closing: Money?
    if isOnly {
      let place = table.rows[0].place
      opening = try table.title("opening").map { try title($0, "opening", place, in: currency) }
      closing = try table.title("closing").map { try title($0, "closing", place, in: currency) }
    }
    if let balance = first.balance, let last = bookings.last?.balance {
      let before = try balance - first.line.amount
      if let opening, opening != before {
        throw BankFileProblem(
          first.line.place, table.heading("balance"),
          "the table opens with \(before.text), and its title says \(opening.text)")
      }
      if let closing, closing != last {
        throw BankFileProblem(
          bookings.last?.line.place, table.heading("balance"),
          "the table closes with \(last.text), and its title says \(closing.text)")
      }
      (opening, closing) = (before, last)
    }
    guard let opening, let closing else {
      throw BankFileProblem(first.line.place, "nothing says with what the account opens and closes")
    }
    let days = bookings.map(\.line.bookedOn)
    let (opensOn, closesOn) = (days.min() ?? first.line.bookedOn, days.max() ?? first.line.bookedOn)
    let statement = BankStatement(
      file: file, place: first.line.place, format: .csv, account: first.account, currency: currency,
      name: "\(opensOn)/\(closesOn)", isListOfDays: true, opensOn: opensOn, closesOn: closesOn,
      opening: opening, closing: closing,
      openingPlace: BankPlace(line: first.line.place, field: table.heading("balance")),
      closingPlace: BankPlace(
        line: bookings.last?.line.place ?? first.line.place, field: table.heading("balance")),
      lines: bookings.map(\.line).filter { !$0.amount.isZero })
    return StatementPages.Page(statement: statement, number: nil, isLast: true)
  }

  private func title(_ text: String, _ member: String, _ place: Int, in currency: Currency) throws -> Money {
    guard let money = BankValues.amount(text, in: currency) else {
      throw BankFileProblem(place, "title \(member)", "\(shown(text)) is no amount")
    }
    return money
  }

  /// The bookings from the first to the last, as their days, their balances, their times and the titles say, whichever
  /// the bank put first.
  private func inOrder(_ bookings: [Booking], of table: BankTable) throws -> [Booking] {
    let turned = Array(bookings.reversed())
    let (first, last) = (bookings[0].line, turned[0].line)
    if first.bookedOn != last.bookedOn {
      return try checked(first.bookedOn < last.bookedOn ? bookings : turned, table)
    }
    let connected = try [bookings, turned].filter { try Self.firstFault(in: $0) == nil }
    guard connected.count == 2 else { return try connected.first ?? checked(bookings, table) }
    if let (early, late) = Self.times(first, last) { return early < late ? bookings : turned }
    guard let given = bookings[0].balance, let other = turned[0].balance else { return bookings }
    // A payment and its return lead back to where they began, from either end.
    let (opening, otherOpening) = (try given - first.amount, try other - last.amount)
    guard opening != otherOpening else { return bookings }
    let title = table.title("opening").flatMap { BankValues.amount($0, in: opening.currency) }
    if title == opening { return bookings }
    if title == otherOpening { return turned }
    throw BankFileProblem(
      first.place, table.heading("balance"),
      "the bookings fit together from the first to the last and from the last to the first, so that the account may have "
        + "opened with \(opening.text) or with \(otherOpening.text): take a list with the time of each, with more days, or with a title that says the opening balance"
    )
  }

  /// The times of two lines that differ in them.
  private static func times(_ first: BankLine, _ last: BankLine) -> (TimeOfDay, TimeOfDay)? {
    guard let early = first.time, let late = last.time, early != late else { return nil }
    return (early, late)
  }

  /// The bookings, unless their balances contradict their order.
  private func checked(_ bookings: [Booking], _ table: BankTable) throws -> [Booking] {
    guard let fault = try Self.firstFault(in: bookings) else { return bookings }
    let line = bookings[fault].line
    let before = bookings[fault - 1].balance?.text ?? ""
    throw BankFileProblem(
      line.place, table.heading("balance"),
      "the balance does not add up: \(before) before, \(line.amount.text) moved, and \(bookings[fault].balance?.text ?? "") behind it"
    )
  }

  /// The first booking whose balance does not follow from the one before it.
  private static func firstFault(in bookings: [Booking]) throws -> Int? {
    for index in bookings.indices.dropFirst() {
      guard let before = bookings[index - 1].balance, let after = bookings[index].balance else { continue }
      if try before + bookings[index].line.amount != after { return index }
    }
    return nil
  }
}
