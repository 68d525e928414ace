/// Proves the entries of each event, while events and entries are read side by side.
final class EntryProof {
  private let rules: PackRules
  private let columns: JournalColumns
  private let events: PackRows
  private let entries: PackRows
  private let selection: PackSelection
  /// Each entry by its account, for the balances.
  let moves = RecordSorter(limit: 4 << 20)

  private var isBegun = false
  private var isAtEntry = false
  /// Office, number and line of the present entry.
  private var office: [UInt8] = []
  private var sequence: Int64 = 0
  private var line: Int64 = 0
  private var period: Int?

  /// The present event's entries as they would be taken back, one behind the other, and where each ends.
  private var lines: [UInt8] = []
  private var lineEnds: [Int] = []
  private var sums: [(ledger: Int, currency: Int, sum: Int128)] = []
  private var key: [UInt8] = []
  private var payload: [UInt8] = []

  init(
    _ rules: PackRules, _ columns: JournalColumns, events: PackRows, entries: PackRows,
    _ selection: PackSelection
  ) {
    self.selection = selection
    self.rules = rules
    self.columns = columns
    self.events = events
    self.entries = entries
  }

  private enum Column {
    static let office = 0
    static let sequence = 1
    static let line = 2
    static let role = 3
    static let dispute = 4
    static let guarantor = 5
    static let currency = 6
    static let debit = 7
    static let credit = 8
    static let balance = 9
    static let version = 10
  }

  /// Takes an event with its entries.
  ///
  /// - Parameters:
  ///   - rule: `nil` when nobody knows the event.
  ///   - period: The closed period in which it is dated; `nil` for none.
  /// - Returns: A hash of what taking it back would make, or, for a reversal, of what it makes itself; `nil` when it
  ///   has no entries.
  @discardableResult
  func take(
    _ cells: PackCells, _ rule: PackRules.EventRule?, office: [UInt8], sequence: Int64, period: Int?
  ) throws -> Int? {
    if !isBegun { advance() }
    while isAtEntry, isBefore(office, sequence) { try stray() }
    self.period = period
    let instrument = columns.instrument < 0 ? [] : cells.bytes(columns.instrument)
    let sides = rule?.sides[instrument] ?? []
    let isReversal = rule?.isReversal ?? false
    var count = 0
    lines.removeAll(keepingCapacity: true)
    lineEnds.removeAll(keepingCapacity: true)
    sums.removeAll(keepingCapacity: true)
    while isAtEntry, self.office == office, self.sequence == sequence {
      if line != Int64(count + 1) {
        entries.note(.order, "the entry's line is \(line), and \(count + 1) should come here")
      }
      let side = count < sides.count ? sides[count] : nil
      try entries.withCells { entry in
        if rule != nil, !isReversal { compare(entry, with: side, of: cells) }
        try keep(entry, sign: isReversal ? 1 : -1)
      }
      count += 1
      advance()
    }
    if isReversal ? count == 0 : count != sides.count, rule != nil {
      let wanted = isReversal ? "those of the event that it takes back" : "\(sides.count)"
      events.note(.entries, "the event has \(count) entries and should have \(wanted)")
    }
    for sum in sums where sum.sum != 0 {
      events.note(
        .doubleEntry, "the entries of the event do not come to zero in \(rules.ledgers[sum.ledger])")
    }
    return count == 0 ? nil : digest(isReversed: !isReversal)
  }

  func finish() throws {
    if !isBegun { advance() }
    while isAtEntry { try stray() }
  }

  /// An entry of an event that is not there.
  private func stray() throws {
    entries.note(
      .entries, "there is no event \(sequence) of office \(shown(String(decoding: office, as: UTF8.self)))")
    period = nil
    try entries.withCells { try keep($0, sign: 1) }
    advance()
  }

  private func isBefore(_ office: [UInt8], _ sequence: Int64) -> Bool {
    self.office == office ? self.sequence < sequence : self.office.lexicographicallyPrecedes(office)
  }

  private func advance() {
    isBegun = true
    let (lastSequence, lastLine) = (sequence, line)
    let last = office
    isAtEntry = entries.next()
    guard isAtEntry else { return }
    entries.withCells { cells in
      if !cells[Column.office].elementsEqual(office) { office = cells.bytes(Column.office) }
      sequence = MinorUnits.count(cells[Column.sequence]) ?? -1
      line = MinorUnits.count(cells[Column.line]) ?? -1
    }
    if sequence < 0 || line < 0 { entries.note(.format, "the number of the event or the line can't be read") }
    let isAfter =
      last == office ? (lastSequence, lastLine) < (sequence, line) : last.lexicographicallyPrecedes(office)
    if !isAfter { entries.note(.order, "the entry stands behind one that comes later, or a second time") }
  }

  // MARK: One entry

  private func compare(_ entry: PackCells, with side: PackRules.Side?, of event: PackCells) {
    guard let side else { return entries.note(.entries, "the postings of the event have no such entry") }
    let role = rules.roles[side.role]
    func wanted(_ column: Int, _ isOf: Bool) -> Slice<UnsafeBufferPointer<UInt8>>? {
      isOf && column >= 0 ? event[column] : nil
    }
    let isAccount =
      entry[Column.role].elementsEqual(role.name)
      && (wanted(columns.dispute, role.isOfDispute)?.elementsEqual(entry[Column.dispute])
        ?? entry.isEmpty(Column.dispute))
      && (wanted(columns.guarantor, role.isOfGuarantor)?.elementsEqual(entry[Column.guarantor])
        ?? entry.isEmpty(Column.guarantor))
    if !isAccount {
      entries.note(
        .entries,
        "the entry is not on the account \(String(decoding: role.name, as: UTF8.self)) that the event's postings name"
      )
    }
    if !entry[Column.currency].elementsEqual(event[columns.currency]) {
      entries.note(.entries, "the entry is not in the event's currency")
    }
    let digits = rules.currencyIndex.index(of: event[columns.currency]).map { rules.minorDigits[$0] }
    let amount = digits.flatMap {
      columns.amount < 0 ? nil : MinorUnits.read(event[columns.amount], digits: $0)
    }
    let (own, other) = side.side > 0 ? (Column.debit, Column.credit) : (Column.credit, Column.debit)
    let found = digits.flatMap { MinorUnits.read(entry[own], digits: $0, isExact: true) }
    if amount == nil || found != amount || !entry.isEmpty(other) {
      entries.note(.entries, "the entry is not a \(side.side > 0 ? "debit" : "credit") of the event's amount")
    }
  }

  /// Keeps the entry for what comes after: its account's balance, the event's sums, and a reversal of the event.
  private func keep(_ entry: PackCells, sign: Int64) throws {
    guard let roleIndex = rules.roleIndex.index(of: entry[Column.role]),
      let currency = rules.currencyIndex.index(of: entry[Column.currency])
    else { return entries.note(.references, "there is no such account or currency") }
    let (role, digits) = (rules.roles[roleIndex], rules.minorDigits[currency])
    let isDebit = !entry.isEmpty(Column.debit)
    // A dispute's pack has no balances of accounts that others move as well.
    let isOwn = selection.dispute.map { entry[Column.dispute].elementsEqual($0.utf8) } ?? true
    let numbers = isOwn ? numbers(of: entry, digits: digits) : hasNone(entry) ? (balance: 0, version: 0) : nil
    guard isDebit == entry.isEmpty(Column.credit),
      let size = MinorUnits.read(
        entry[isDebit ? Column.debit : Column.credit], digits: digits, isExact: true), size > 0,
      let (balance, version) = numbers
    else { return entries.note(.format, "an amount or number of the entry can't be read") }
    let amount = isDebit ? size : -size
    add(Int128(amount), role.ledger, currency)
    let dimensions = Column.role...Column.currency
    guard dimensions.allSatisfy({ entry[$0].count <= 1024 }), office.count <= 1024 else {
      return entries.note(.format, "the row has a code that is longer than any code is")
    }
    key.removeAll(keepingCapacity: true)
    key.append(contentsOf: office)
    key.append(0)
    for column in dimensions {
      key.append(contentsOf: entry[column])
      key.append(0)
    }
    payload.removeAll(keepingCapacity: true)
    for number in [
      Int64(entries.line), Int64(roleIndex), Int64(currency), amount * role.normalSide, balance, version,
      Int64(period ?? -1),
    ] {
      payload.appendNumber(number)
    }
    if isOwn { try moves.add(key: key, payload: payload) }
    // Postings have few sides; what has more is a finding anyhow.
    guard lineEnds.count < 64 else { return }
    lines.append(contentsOf: key)
    lines.appendNumber(amount * sign)
    lineEnds.append(lines.count)
  }

  private func numbers(of entry: PackCells, digits: Int) -> (balance: Int64, version: Int64)? {
    let balance = MinorUnits.read(
      entry[Column.balance], digits: digits, isExact: true, maySign: selection.through != nil)
    guard let balance, let version = MinorUnits.count(entry[Column.version]) else { return nil }
    return (balance, version)
  }

  private func hasNone(_ entry: PackCells) -> Bool {
    entry.isEmpty(Column.balance) && entry.isEmpty(Column.version)
  }

  private func add(_ amount: Int128, _ ledger: Int, _ currency: Int) {
    if let index = sums.firstIndex(where: { $0.ledger == ledger && $0.currency == currency }) {
      sums[index].sum += amount
    } else {
      sums.append((ledger, currency, amount))
    }
  }

  /// Differs in every run by a secret of the program's, so that nobody can make two that are alike.
  private func digest(isReversed: Bool) -> Int {
    var hasher = Hasher()
    lines.withUnsafeBytes { bytes in
      for place in lineEnds.indices {
        let index = isReversed ? lineEnds.count - 1 - place : place
        let start = index == 0 ? 0 : lineEnds[index - 1]
        hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: bytes[start..<lineEnds[index]]))
      }
    }
    return hasher.finalize()
  }
}
