/// Compares a table of the pack with the rows that follow from its journal.
final class DerivedTable {
  private let rows: PackRows
  private let kind: PackFinding.Kind
  private let keyCount: Int
  private var isAtRow = false
  /// The key of the present row.
  private var key: [UInt8] = []
  private var isBegun = false

  /// - Parameter keyCount: how many columns in front make the key.
  init(_ rows: PackRows, _ kind: PackFinding.Kind) {
    self.rows = rows
    self.kind = kind
    keyCount = rows.table.key.count
  }

  /// Keys in the order in which tables are sorted.
  static func key(_ cells: some Sequence<some Sequence<UInt8>>) -> [UInt8] {
    var key: [UInt8] = []
    for cell in cells {
      key.append(contentsOf: cell)
      key.append(0)
    }
    return key
  }

  /// Compares the next row. Keys must come in their order.
  ///
  /// - Returns: whether the row is there, whatever it says.
  @discardableResult
  func expect(_ key: [UInt8], _ cells: [[UInt8]], because reason: @autoclosure () -> String) -> Bool {
    if !isBegun { advance() }
    while isAtRow, self.key.lexicographicallyPrecedes(key) {
      rows.note(kind, "nothing that was recorded leads to \(name(self.key))")
      advance()
    }
    guard isAtRow, self.key == key else {
      rows.note(kind, "\(name(key)) is missing before this row: \(reason())")
      return false
    }
    rows.withCells { found in
      for (index, cell) in cells.enumerated() where !found[index].elementsEqual(cell) {
        let column = rows.table.columns[index]
        rows.note(
          kind,
          "\(column) of \(name(key)) is \(shown(found.text(index))) and should be \(shown(String(decoding: cell, as: UTF8.self)))"
        )
      }
    }
    advance()
    return true
  }

  /// Looks at what is left once every row was expected.
  func finish() {
    if !isBegun { advance() }
    while isAtRow {
      rows.note(kind, "nothing that was recorded leads to \(name(key))")
      advance()
    }
  }

  private func advance() {
    let last = key
    let isFirst = !isBegun
    isBegun = true
    isAtRow = rows.next()
    guard isAtRow else { return }
    key.removeAll(keepingCapacity: true)
    rows.withCells { cells in
      for index in 0..<keyCount {
        key.append(contentsOf: cells[index])
        key.append(0)
      }
    }
    if !isFirst, !last.lexicographicallyPrecedes(key) {
      let problem =
        last == key ? "stands here a second time" : "stands behind \(name(last)), against the order"
      rows.note(.order, "\(name(key)) \(problem)")
    }
  }

  /// A key for people.
  private func name(_ key: [UInt8]) -> String {
    shown(
      key.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }.joined(separator: " "))
  }
}
