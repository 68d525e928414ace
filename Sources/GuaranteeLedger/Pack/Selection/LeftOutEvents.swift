/// The events that a pack leaves out, of which it has the hashes, read beside those that it shows.
final class LeftOutEvents {
  let rows: PackRows
  private var isAtRow: Bool
  private var office: [UInt8] = []
  private var sequence: Int64 = 0
  private var hash: [UInt8]?

  init(_ rows: PackRows) {
    self.rows = rows
    isAtRow = true
    advance()
  }

  /// Takes the next one that stands before a place; `nil` when there is none.
  ///
  /// - Parameter place: office and number of an event; `nil` for the end.
  func next(before place: (office: [UInt8], sequence: Int64)?) -> (
    office: [UInt8], sequence: Int64, hash: [UInt8]
  )? {
    guard isAtRow else { return nil }
    if let place {
      let isBefore =
        office == place.office ? sequence < place.sequence : office.lexicographicallyPrecedes(place.office)
      guard isBefore else { return nil }
    }
    defer { advance() }
    return (office, sequence, hash ?? EventChain.start)
  }

  private func advance() {
    isAtRow = rows.next()
    guard isAtRow else { return }
    rows.withCells { cells in
      office = cells.bytes(0)
      sequence = MinorUnits.count(cells[1]) ?? -1
      hash = [UInt8](hexDigits: cells[2], count: 32)
    }
    if sequence < 0 { rows.note(.format, "the number of the event can't be read") }
    if hash == nil { rows.note(.format, "the hash can't be read") }
  }
}
