import Foundation
import Testing

@testable import GuaranteeLedger

/// What can happen to the rows of a table.
enum RowDamage: CaseIterable {
  case removed, doubled, swapped

  /// `PACK_DAMAGE=long swift test --filter PackTests` damages more rows and bytes, and every table.
  static let isLong = ProcessInfo.processInfo.environment["PACK_DAMAGE"] == "long"
  /// Of long tables that are alike, every so many rows.
  static let step = isLong ? 17 : 61

  /// The records with the damage at a row; `nil` where there can be none.
  private func damaged(_ records: [[UInt8]], at row: Int) -> [[UInt8]]? {
    switch self {
    case .removed: return row == 0 ? nil : Array(records[..<row] + records[(row + 1)...])
    case .doubled: return Array(records[...row] + records[row...])
    case .swapped:
      guard row + 1 < records.count else { return nil }
      var records = records
      records.swapAt(row, row + 1)
      return records
    }
  }

  /// Damages a table at each of its rows in turn, with the manifest made to fit, and expects that it is found.
  ///
  /// - Parameter step: every so many rows of a long table.
  func expectFound(in pack: PackCopy, _ table: String, every step: Int = 1) throws {
    let records = try pack.records(table)
    for row in stride(from: 0, to: records.count, by: records.count > 12 ? step : 1) {
      guard let damaged = damaged(records, at: row) else { continue }
      try pack.write(damaged, to: table)
      let found = pack.found().subtracting([.manifest, .files])
      #expect(!found.isEmpty, "\(self), \(table), row \(row)")
    }
    try pack.write(records, to: table)
    #expect(pack.found() == [])
  }

  /// Changes a cell of each column that has any, and expects that it is found.
  ///
  /// - Parameter unproved: Columns that the pack can't prove.
  /// - Returns: How many columns there were.
  static func expectCellsFound(
    in pack: PackCopy, _ table: String, but unproved: Set<String> = []
  ) throws -> Int {
    let records = try pack.records(table)
    let names = PackCopy.cells(of: records[0]).map {
      String(decoding: $0, as: UTF8.self).filter { !$0.isNewline }
    }
    var changed = Set(names.indices.filter { unproved.contains(names[$0]) })
    let skipped = changed.count
    for row in records.indices.dropFirst() {
      let cells = PackCopy.cells(of: records[row])
      for (column, cell) in cells.enumerated() where !cell.isEmpty && changed.insert(column).inserted {
        var cells = cells
        // Inside of the quotes, if there are any.
        let last = cell.count - (cell.last == UInt8(ascii: "\"") ? 2 : 1)
        cells[column][last] = cell[last] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
        var damaged = records
        damaged[row] = Array(cells.joined(separator: [UInt8(ascii: ",")])) + [UInt8(ascii: "\n")]
        try pack.write(damaged, to: table)
        #expect(!pack.found().isEmpty, "\(table), row \(row), column \(column)")
      }
    }
    try pack.write(records, to: table)
    return changed.count - skipped
  }

  /// Changes a byte of a file, takes it out and doubles it, and expects that each is found.
  static func expectByteFound(in pack: PackCopy, _ name: String, _ bytes: [UInt8], at index: Int) throws {
    for damaged in [
      bytes[..<index] + [bytes[index] ^ 1] + bytes[(index + 1)...],
      bytes[..<index] + bytes[(index + 1)...],
      bytes[..<index] + [bytes[index]] + bytes[index...],
    ] {
      try pack.write(Array(damaged), to: name)
      #expect(!pack.found().isEmpty, "\(name), byte \(index)")
    }
  }
}
