@testable import GuaranteeLedger

extension Parser {
  /// Files of events and banks.
  static let files = [
    Parser("events") { bytes in
      // In pieces and whole it must be the same.
      let pieces = events(in: bytes, pieceSize: 1 + Int(bytes.first ?? 0) % 7)
      require(pieces == events(in: bytes, pieceSize: 1 << 16), "pieces differ")
    },
    Parser("camt") { bytes in try bank(Array("<".utf8) + bytes.drop { $0 == UInt8(ascii: "<") }) },
    Parser("mt940") { bytes in try bank(Array(":20:".utf8) + bytes) },
    Parser("table") { bytes in try bank(bytes) },
    Parser("layout") { bytes in
      var hints = BankFiles.Hints()
      hints.layout = try BankLayout(json: String(decoding: bytes, as: UTF8.self), file: "layout")
      hints.currency = .cny
      hints.account = "1"
      var files = BankFiles(hints: hints)
      try files.read(Array("a,b,c,d\n2026-01-05,1.00,,1.00\n".utf8), named: "f")
      _ = try files.statements()
    },
  ]

  private static func bank(_ bytes: [UInt8]) throws {
    var hints = BankFiles.Hints()
    hints.currency = .cny
    hints.account = "1"
    var files = BankFiles(hints: hints)
    try files.read(bytes, named: "f")
    for statement in try files.statements() {
      let sum = try statement.lines.reduce(statement.opening) { try $0 + $1.amount }
      require(sum == statement.closing, "a statement that doesn't add up was read")
    }
  }

  /// The rows of an event file, or what is wrong with them.
  static func events(in bytes: [UInt8], pieceSize: Int) -> [[String]] {
    var rest = bytes[...]
    let source = ByteSource(pieceSize: pieceSize) { buffer in
      let piece = rest.prefix(buffer.count)
      buffer.copyBytes(from: piece)
      rest = rest.dropFirst(piece.count)
      return piece.count
    }
    let file = EventFile(
      name: "f", byteCount: nil, source: source,
      fields: ["key", "on", "event", "amount", "office", "reference"])
    var rows: [[String]] = []
    while true {
      do {
        guard let row = try file.next() else { return rows }
        require(row.cells.count == row.columns.count, "cells without columns")
        rows.append(row.cells)
      } catch {
        rows.append([error.description])
      }
    }
  }
}
