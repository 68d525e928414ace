/// Reads what was there before the first events of a pack, as the records from which its proof goes on.
struct PackOpening {
  let rules: PackRules
  let selection: PackSelection
  let journal: JournalProof

  /// Reads a table; the records come before any of the journal's.
  func take(_ rows: PackRows) throws {
    switch rows.table.name {
    case "opening_accounts": try accounts(rows)
    case "opening_disputes": try states(rows, into: journal.disputes)
    case "opening_lots": try states(rows, into: journal.lots)
    case "opening_offices": try registered(rows, .offices)
    default: try registered(rows, .facilities)
    }
  }

  /// Calls `body` for each row with its key, in whose order they must come.
  private func each(_ rows: PackRows, _ body: (PackCells, [UInt8]) throws -> Void) throws {
    let keyCount = rows.table.key.count
    var last: [UInt8]?
    while rows.next() {
      try rows.withCells { cells in
        let key = DerivedTable.key((0..<keyCount).map { cells[$0] })
        if let last, !last.lexicographicallyPrecedes(key) {
          rows.note(.order, "the row stands behind one that comes later, or a second time")
        }
        last = key
        guard key.count <= 1 << 13 else {
          return rows.note(.format, "the row has a code that is longer than any is")
        }
        try body(cells, key)
      }
    }
  }

  private func accounts(_ rows: PackRows) throws {
    var sums: [String: Int128] = [:]
    try each(rows) { cells, key in
      guard let role = rules.roleIndex.index(of: cells[1]),
        let currency = rules.currencyIndex.index(of: cells[4]),
        let balance = MinorUnits.read(
          cells[6], digits: rules.minorDigits[currency], isExact: true, maySign: selection.through != nil),
        let version = MinorUnits.count(cells[7])
      else { return rows.note(.format, "the account, its balance or its number of entries can't be read") }
      if !cells[5].elementsEqual(AccountProof.name(of: AccountProof.parts(of: key))) {
        rows.note(.balances, "the account's name is not made of what tells it apart")
      }
      var payload: [UInt8] = []
      for number in [Int64(-rows.line), Int64(role), Int64(currency), 0, balance, version] {
        payload.appendNumber(number)
      }
      try journal.moves.add(key: key, payload: payload)
      let side = rules.roles[role]
      sums["\(rules.ledgers[side.ledger]) \(cells.text(4))", default: 0] +=
        Int128(balance) * Int128(side.normalSide)
    }
    for (place, sum) in sums.sorted(by: { $0.key < $1.key }) where sum != 0 {
      rows.note(.doubleEntry, "the balances of \(place) don't come to the same on both sides")
    }
  }

  private func states(_ rows: PackRows, into records: RecordSorter) throws {
    let (since, order) = (rows.table.index(of: "stage_since"), rows.table.index(of: "under_order"))
    try each(rows) { cells, key in
      if let since, LedgerDate(cells.text(since)) == nil { rows.note(.format, "stage_since is no date") }
      if let order, !["true", "false"].contains(cells.text(order)) {
        rows.note(.format, "under_order is neither true nor false")
      }
      var payload: [UInt8] = []
      payload.appendNumber(Int64(-rows.line))
      for index in rows.table.columns.indices { payload.appendString(cells[index]) }
      try records.add(key: key, payload: payload)
    }
  }

  private func registered(_ rows: PackRows, _ register: Register) throws {
    try each(rows) { cells, key in
      var payload: [UInt8] = []
      payload.appendNumber(0)
      payload.appendNumber(Int64(-rows.line))
      payload.appendNumber(Int64(rows.table.columns.count))
      for index in rows.table.columns.indices { payload.appendString(cells[index]) }
      try journal.registers.records.add(key: [register.rawValue] + key, payload: payload)
    }
  }
}

/// Where a record comes from: a line of a table, or, below zero, of what was there before the pack's first events.
func place(_ line: Int, of table: String, opening: String) -> String {
  line < 0 ? "opening_\(opening).csv, line \(-line)" : "\(table).csv, line \(line)"
}
