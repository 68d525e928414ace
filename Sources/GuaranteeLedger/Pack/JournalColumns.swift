/// Where the columns of `events.csv` stand.
struct JournalColumns {
  let office, sequence, key, on, event, recordedAt, closingHash, hash: Int
  let dispute, currency, reverses, stageFrom, stageTo, lotFrom, lotTo: Int
  /// -1 when no event has such a field.
  let amount, instrument, guarantor, outcome, lot: Int

  init(_ table: PackTable) {
    func index(_ column: String) -> Int { table.index(of: column) ?? -1 }
    (office, sequence, key, on) = (index("office"), index("sequence"), index("key"), index("on"))
    (event, recordedAt) = (index("event"), index("recorded_at"))
    (closingHash, hash) = (index("closing_hash"), index("hash"))
    (dispute, currency, reverses) = (index("dispute"), index("currency"), index("reverses"))
    (stageFrom, stageTo) = (index("stage_from"), index("stage_to"))
    (lotFrom, lotTo) = (index("lot_from"), index("lot_to"))
    (amount, instrument, guarantor) = (index("amount"), index("instrument"), index("guarantor"))
    (outcome, lot) = (index("outcome"), index("lot"))
  }
}

extension PackCells {
  /// The cell as bytes of its own; empty when there is no such column.
  func bytes(_ index: Int) -> [UInt8] { index < 0 ? [] : Array(self[index]) }

  /// Whether the cell has something; `false` when there is no such column.
  func has(_ index: Int) -> Bool { index >= 0 && !isEmpty(index) }
}
