import Crypto

/// Hashes each event, or refused attempt, with the hash before it, as the ledger does.
struct EventChain {
  /// For each member of the canonical bytes its column, and the one that has to have something for it to be there; `nil`
  /// for one that is always there.
  private let columns: [(value: Int, condition: Int?)]
  private let hash: Int
  private var row: CanonicalRow
  /// The hash that the next event's follows from.
  private(set) var head = EventChain.start

  static let start = [UInt8](repeating: 0, count: 32)

  init(_ table: PackTable) {
    hash = table.index(of: "hash") ?? 0
    let names = table.columns.filter { $0 != "hash" }
    columns = names.map { name in
      let deciding = ["stage_from": "stage_to", "lot_from": "lot_to"][name] ?? name
      return (table.index(of: name) ?? 0, name == "office" ? nil : table.index(of: deciding))
    }
    row = CanonicalRow(names, objects: ["fields"])
  }

  mutating func begin() { head = Self.start }

  /// Goes on from an event that has this hash.
  mutating func goOn(from hash: [UInt8]) { head = hash }

  /// Takes the next event.
  ///
  /// - Returns: the hash that it should have, when it has another.
  mutating func take(_ cells: PackCells) -> String? {
    let columns = columns
    row.write { index in
      let column = columns[index]
      return column.condition.map { cells.isEmpty($0) } ?? false ? nil : cells[column.value]
    }
    var hasher = SHA256()
    head.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    row.bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    let wanted = hasher.finalize().bytes
    let found = [UInt8](hexDigits: cells[hash], count: 32)
    // Going on from what it says, so that what follows is judged by itself.
    head = found ?? wanted
    return found == wanted ? nil : wanted.hexDigits
  }
}
