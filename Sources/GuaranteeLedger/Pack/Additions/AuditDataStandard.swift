/// The general ledger with the fields of the AICPA's Audit Data Standard, made of a pack's own tables.
///
/// Columns whose names begin with `X_` are the ledger's own.
struct AuditDataStandard {
  enum File: String, CaseIterable {
    case detail = "GL_Detail"
    case trialBalance = "Trial_Balance"
    case chart = "Chart_Of_Accounts"
    case users = "User_Listing"
    case units = "Business_Unit_Listing"
    case sources = "Source_Listing"

    var path: String { "ads/\(rawValue).csv" }

    var columns: [String] {
      switch self {
      case .detail:
        [
          "Journal_ID", "Journal_ID_Line_Number", "JE_Header_Description", "JE_Line_Description", "Source",
          "Business_Unit_Code", "Effective_Date", "Fiscal_Year", "Period", "GL_Account_Number", "Amount",
          "Amount_Credit_Debit_Indicator", "Amount_Currency", "X_Reverses_Journal_ID", "Entered_By",
          "Entered_Date",
          "Entered_Time", "Approved_By", "Approved_Date", "Approved_Time", "Segment01", "Segment02",
          "Segment03",
        ]
      case .trialBalance:
        [
          "Business_Unit_Code", "GL_Account_Number", "Fiscal_Year", "Period", "Amount_Beginning",
          "X_Amount_Debit",
          "X_Amount_Credit", "Amount_Ending", "Amount_Currency",
        ]
      case .chart:
        ["GL_Account_Number", "GL_Account_Name", "Account_Type", "Account_Subtype", "X_GL_Account_Name_ZH"]
      case .users: ["User_ID", "X_Events_Entered", "X_Events_Approved"]
      case .units: ["Business_Unit_Code", "Business_Unit_Description"]
      case .sources: ["Source", "Source_Description"]
      }
    }
  }

  private let roles: [[String: String]]
  private let events: [[String: String]]
  private let meanings: [String: String]
  private let digits: [String: Int]
  private let tables: [String: PackTable]
  private let folder: String

  init(_ rules: [String: [UInt8]], _ tables: [PackTable], in folder: String) throws {
    roles = try RuleRows(rules["accounts"] ?? []).rows
    events = try RuleRows(rules["events"] ?? []).rows
    meanings = Dictionary(events.map { ($0["event"] ?? "", $0["meaning"] ?? "") }) { first, _ in first }
    digits = Dictionary(
      try RuleRows(rules["currencies"] ?? []).rows.map {
        ($0["currency"] ?? "", Int($0["minor_digits"] ?? "") ?? 0)
      }
    ) { first, _ in first }
    self.tables = Dictionary(uniqueKeysWithValues: tables.map { ($0.name, $0) })
    self.folder = folder
  }

  func write(_ file: File, to writer: AdditionWriter) throws {
    try writer.header(file.columns)
    switch file {
    case .detail: try detail(writer)
    case .trialBalance: try trialBalance(writer)
    case .chart: try chart(writer)
    case .users: try users(writer)
    case .units:
      try each("offices") { try writer.row([$0("office"), $0("name").isEmpty ? $0("zone") : $0("name")]) }
    case .sources: for event in events { try writer.row([event["event"] ?? "", event["meaning"] ?? ""]) }
    }
  }

  // MARK: Reading

  /// A row by the names of its columns.
  private struct Row {
    let table: PackTable
    let cells: PackCells?

    /// The cell of a column; empty when there is no such column, or no row.
    func callAsFunction(_ column: String) -> String {
      guard let cells, let index = table.index(of: column) else { return "" }
      return cells.text(index)
    }
  }

  private func each(_ name: String, _ body: (Row) throws -> Void) throws {
    guard let table = tables[name] else { return }
    let rows = try PackRows(table, in: folder, PackFindings())
    while rows.next() {
      try rows.withCells { cells in try body(Row(table: table, cells: cells)) }
    }
  }

  /// Each entry with its event.
  private func eachEntry(_ body: (_ entry: Row, _ event: Row) throws -> Void) throws {
    guard let table = tables["events"] else { return }
    let events = try PackRows(table, in: folder, PackFindings())
    var place: (office: String, sequence: String)?
    var isThere = true
    try each("entries") { entry in
      let wanted = (office: entry("office"), sequence: entry("sequence"))
      while isThere, place.map({ $0 != wanted }) ?? true {
        isThere = events.next()
        if isThere { place = events.withCells { ($0.text(0), $0.text(1)) } }
      }
      guard isThere else { return try body(entry, Row(table: table, cells: nil)) }
      try events.withCells { cells in try body(entry, Row(table: table, cells: cells)) }
    }
  }

  // MARK: Files

  private func detail(_ writer: AdditionWriter) throws {
    try eachEntry { entry, event in
      let (isDebit, on, recorded) = (!entry("debit").isEmpty, event("on"), event("recorded_at"))
      let at = [String(recorded.prefix(10)), String(recorded.dropFirst(11).dropLast())]
      let approver = event("approved_by")
      try writer.row(
        [
          event("key"), entry("line"), meanings[event("event")] ?? "", event("reference"), event("event"),
          entry("office"), on, String(on.prefix(4)), Self.period(on), entry("role"),
          entry(isDebit ? "debit" : "credit"), isDebit ? "D" : "C", entry("currency"), event("reverses"),
          event("recorded_by"),
        ] + at + [approver] + (approver.isEmpty ? ["", ""] : at)
          + [entry("dispute"), entry("guarantor"), entry("sequence")])
    }
  }

  /// The month, as the standard calls it.
  private static func period(_ on: String) -> String { Int(on.dropFirst(5).prefix(2)).map { "M\($0)" } ?? "" }

  private func chart(_ writer: AdditionWriter) throws {
    for role in roles {
      let types = ["debit": "Assets", "credit": "Liabilities"]
      let ledger = role["ledger"] ?? ""
      // What is promised and not paid stands on no balance sheet.
      let type = ledger == "cash" ? types[role["normal"] ?? ""] ?? "" : ""
      try writer.row([role["role"] ?? "", role["name_en"] ?? "", type, ledger, role["name_zh"] ?? ""])
    }
  }

  private func users(_ writer: AdditionWriter) throws {
    var counts: [String: (entered: Int, approved: Int)] = [:]
    try each("events") { event in
      counts[event("recorded_by"), default: (0, 0)].entered += 1
      let approver = event("approved_by")
      if !approver.isEmpty { counts[approver, default: (0, 0)].approved += 1 }
    }
    for (user, count) in counts.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      try writer.row([user, String(count.entered), String(count.approved)])
    }
  }

  // MARK: Trial balance

  private struct Account {
    var beginning: Int128 = 0
    /// By year and month.
    var months: [String: (debit: Int128, credit: Int128)] = [:]
  }

  /// For each month of the pack every account of each office, all disputes and guarantors together; debits are positive.
  private func trialBalance(_ writer: AdditionWriter) throws {
    var accounts: [[String]: Account] = [:]
    let sides = Dictionary(roles.map { ($0["role"] ?? "", $0["normal"] == "credit" ? -1 : 1) }) { first, _ in
      first
    }
    func minor(_ text: String, _ currency: String) -> Int128 {
      Int128(MinorUnits.read(Array(text.utf8), digits: digits[currency] ?? 0, maySign: true) ?? 0)
    }
    try each("opening_accounts") { row in
      let key = [row("office"), row("role"), row("currency")]
      accounts[key, default: Account()].beginning +=
        minor(row("balance"), key[2]) * Int128(sides[key[1]] ?? 1)
    }
    var range: (first: String, last: String)?
    try eachEntry { entry, event in
      let (key, month) = ([entry("office"), entry("role"), entry("currency")], String(event("on").prefix(7)))
      var account = accounts.removeValue(forKey: key) ?? Account()
      let sum = account.months[month] ?? (0, 0)
      account.months[month] = (
        sum.debit + minor(entry("debit"), key[2]), sum.credit + minor(entry("credit"), key[2])
      )
      accounts[key] = account
      range = (min(range?.first ?? month, month), max(range?.last ?? month, month))
    }
    guard let range else { return }
    for (key, account) in accounts.sorted(by: { Self.isBefore($0.key, $1.key) }) {
      try write(account, key, Self.months(range.first, range.last), writer)
    }
  }

  private func write(_ account: Account, _ key: [String], _ months: [String], _ writer: AdditionWriter) throws
  {
    let digits = digits[key[2]] ?? 0
    var balance = account.beginning
    for month in months {
      let sum = account.months[month] ?? (0, 0)
      let ending = balance + sum.debit - sum.credit
      let amounts = [balance, sum.debit, sum.credit, ending].map { MinorUnits.text($0, digits: digits) }
      try writer.row([key[0], key[1], String(month.prefix(4)), Self.period(month)] + amounts + [key[2]])
      balance = ending
    }
  }

  private static func isBefore(_ left: [String], _ right: [String]) -> Bool {
    DerivedTable.key(left.map { Array($0.utf8) }).lexicographicallyPrecedes(
      DerivedTable.key(right.map { Array($0.utf8) }))
  }

  /// From one month through another; a range that no ledger has gives its ends alone.
  private static func months(_ first: String, _ last: String) -> [String] {
    guard let start = LedgerDate(first + "-01"), let end = LedgerDate(last + "-01"),
      start.year + 200 > end.year
    else {
      return first == last ? [first] : [first, last]
    }
    return ((start.year * 12 + start.month - 1)...(end.year * 12 + end.month - 1)).map {
      String(LedgerDate.text(year: $0 / 12, month: $0 % 12 + 1, day: 1).prefix(7))
    }
  }
}
