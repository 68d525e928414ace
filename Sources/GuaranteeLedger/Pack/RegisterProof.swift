/// What events register, each a table of the pack. Their order is that in which they are sorted.
enum Register: UInt8, CaseIterable {
  case facilities, offices, parties, recordals

  var table: String { "\(self)" }
}

/// Gathers what events register, and what they name of it.
final class RegisterRecords {
  private let rules: PackRules
  private let table: PackTable
  private let columns: JournalColumns
  let records = RecordSorter()
  /// What was named lately, so that it is kept once.
  private var named = ByteTable()
  private var key: [UInt8] = []
  private var payload: [UInt8] = []

  /// For each event of the rules, the columns that name something registered.
  private let namings: [[(column: Int, register: Register, what: String)]]

  private static let registers: [String: Register] = [
    "office": .offices, "party": .parties, "recordal": .recordals, "right_holder": .parties,
    "consignor": .parties,
    "guarantor": .parties,
  ]

  init(_ rules: PackRules, _ table: PackTable, _ columns: JournalColumns) {
    self.rules = rules
    self.table = table
    self.columns = columns
    namings = rules.events.map { rule in
      rule.names.compactMap { naming in
        guard let register = Self.registers[naming.what], let column = table.index(of: naming.column) else {
          return nil
        }
        return (column, register, naming.what)
      }
    }
  }

  func take(_ cells: PackCells, _ index: Int, office: [UInt8], _ events: PackRows) throws {
    let (rule, line) = (rules.events[index], events.line)
    for naming in namings[index] where !cells.isEmpty(naming.column) {
      try name(cells[naming.column], naming.register, as: naming.what, line)
    }
    if !office.isEmpty { try name(office, .offices, as: "office", line) }
    func cell(_ name: String) -> [UInt8] { cells.bytes(table.index(of: name) ?? -1) }
    func row(_ register: Register, _ columns: [String], _ edit: (inout [[UInt8]]) -> Void = { _ in }) throws {
      var row = columns.map(cell)
      edit(&row)
      guard row.allSatisfy({ $0.count <= 1 << 15 }) else {
        return events.note(.format, "the row has a text that is longer than any is")
      }
      try add(register, row, keyCount: register == .facilities ? 2 : 1, line)
    }
    switch rule.addsTo {
    case "office":
      try row(.offices, PackTable.offices.columns) { if $0[3].isEmpty { $0[3] = Array("cash".utf8) } }
    case "party": try row(.parties, PackTable.parties.columns)
    case "recordal":
      try row(.recordals, PackTable.recordals.columns) {
        if $0[4].isEmpty { $0[4] = Self.tenYears(after: $0[3]) }
      }
    default: break
    }
    if rule.effects.contains("grants_facility") {
      let digits = rules.currencyIndex.index(of: cells[columns.currency]).map { rules.minorDigits[$0] } ?? 0
      try row(.facilities, PackTable.facilities.columns) {
        for index in [3, 4] where !$0[index].isEmpty {
          let amount = MinorUnits.read($0[index], digits: digits)
          $0[index] = amount.map { Array(MinorUnits.text($0, digits: digits).utf8) } ?? $0[index]
        }
        $0[0] = office
        $0[5] = cells.bytes(columns.on)
      }
    }
  }

  /// The same day ten years on, or the month's last.
  private static func tenYears(after date: [UInt8]) -> [UInt8] {
    guard let date = LedgerDate(String(decoding: date, as: UTF8.self)) else { return [] }
    let day =
      date.month == 2 && date.day == 29 && LedgerDate(year: date.year + 10, month: 2, day: 29) == nil
      ? 28 : date.day
    return Array(LedgerDate.text(year: date.year + 10, month: date.month, day: day).utf8)
  }

  private func name(_ code: some Collection<UInt8>, _ register: Register, as what: String, _ line: Int) throws
  {
    guard code.count <= 1024 else { return }
    key.removeAll(keepingCapacity: true)
    key.append(register.rawValue)
    key.append(contentsOf: code)
    key.append(0)
    let count = key.count
    key.append(contentsOf: what.utf8)
    let before = named.count
    guard named.insert(key) == before else { return }
    if named.count >= 8192 { named.removeAll() }
    key.removeLast(key.count - count)
    payload.removeAll(keepingCapacity: true)
    payload.appendNumber(1)
    payload.appendNumber(Int64(line))
    payload.appendString(what.utf8)
    try records.add(key: key, payload: payload)
  }

  private func add(_ register: Register, _ row: [[UInt8]], keyCount: Int, _ line: Int) throws {
    key.removeAll(keepingCapacity: true)
    key.append(register.rawValue)
    key.append(contentsOf: DerivedTable.key(row.prefix(keyCount)))
    payload.removeAll(keepingCapacity: true)
    payload.appendNumber(0)
    payload.appendNumber(Int64(line))
    payload.appendNumber(Int64(row.count))
    for cell in row { payload.appendString(cell) }
    try records.add(key: key, payload: payload)
  }
}

/// Proves the registers from the events that made them, and that whatever events name is there.
final class RegisterProof {
  private let findings: PackFindings
  private let tables: [Register: DerivedTable]

  /// Whether what is named may have been registered under a date that the pack leaves out.
  private let isPartial: Bool

  init(_ findings: PackFindings, _ tables: [Register: DerivedTable], _ selection: PackSelection) {
    self.findings = findings
    isPartial = selection.through != nil
    self.tables = tables
  }

  /// Something registered, or only named, as its records come.
  private struct Item {
    let key: [UInt8]
    var row: [[UInt8]] = []
    var line = 0
    /// What it was named as, and where first.
    var named: [(what: String, line: Int)] = []
  }

  func run(_ records: RegisterRecords) throws {
    var records = try records.records.sorted()
    var item = Item(key: [])
    while try records.next() {
      if records.key != item.key {
        end(item)
        item = Item(key: records.key)
      }
      var payload = PayloadReader(records.payload)
      let (isNamed, line) = (payload.number() == 1, Int(payload.number()))
      if isNamed {
        let what = payload.text()
        if !item.named.contains(where: { $0.what == what }) { item.named.append((what, line)) }
        continue
      }
      // A later grant takes the place of an earlier one; everything else is registered once.
      if !item.row.isEmpty, item.key.first != Register.facilities.rawValue {
        findings.note(.registers, "events.csv", line: line, "it registers what is registered already")
      }
      item.row = (0..<payload.number()).map { _ in Array(payload.string()) }
      item.line = line
    }
    end(item)
    for table in tables.values { table.finish() }
  }

  private func end(_ item: Item) {
    guard let register = item.key.first.flatMap(Register.init(rawValue:)) else { return }
    let code = shown(String(decoding: item.key.dropFirst().dropLast(), as: UTF8.self))
    for (what, line) in item.named {
      let isThere =
        register == .parties && what != "party"
        ? item.row.count > 1 && item.row[1].elementsEqual(what.utf8) : !item.row.isEmpty
      if !isThere, !(isPartial && item.row.isEmpty) {
        findings.note(.references, "events.csv", line: line, "no event registers the \(what) \(code)")
      }
    }
    guard !item.row.isEmpty else { return }
    tables[register]?.expect(
      Array(item.key.dropFirst()), item.row,
      because: "\(place(item.line, of: "events", opening: register.table)), registers it")
  }
}
