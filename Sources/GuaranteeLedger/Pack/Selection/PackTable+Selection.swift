extension PackTable {
  /// The hashes of events that a pack leaves out.
  static let chain = PackTable(
    "chain", ["office", "sequence", "hash"], key: ["office", "sequence"], required: ["sequence", "hash"], [])

  /// What was there before the first events of a pack.
  static func openings(of tables: [PackTable]) -> [PackTable] {
    tables.filter { ["accounts", "disputes", "lots", "offices", "facilities"].contains($0.name) }.map {
      PackTable("opening_" + $0.name, $0.columns, key: $0.key, required: $0.required, $0.references)
    }
  }

  /// The table as a part of the ledger has it: with what may be empty, and what it may name that is not there.
  func narrowed(to selection: PackSelection) -> PackTable {
    var table = self
    // An event that was taken back, a dispute opened or a party registered may bear a date outside of the period.
    if selection.isByDate, name == "events" { table.references.removeAll { $0.table == "events" } }
    if selection.through != nil { table.references.removeAll { $0.table != "events" } }
    // Of accounts that others move as well, no balances.
    if selection.dispute != nil, name == "entries" {
      table.required.removeAll { ["balance", "version"].contains($0) }
      table.references.removeAll { $0.table == "accounts" }
    }
    return table
  }
}
