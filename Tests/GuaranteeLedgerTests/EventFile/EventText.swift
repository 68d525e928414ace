import Testing

@testable import GuaranteeLedger

/// What a text gives when it is read as an event file: rows and errors in their order.
struct EventText: Equatable, CustomStringConvertible {
  var rows: [[String: String]] = []
  /// The errors' descriptions, of a file called `f`.
  var errors: [String] = []

  var description: String { "rows \(rows), errors \(errors)" }

  static let fields = ["key", "on", "event", "amount", "note", "office"]

  /// Reads the text in pieces of so many bytes.
  static func read(_ bytes: [UInt8], pieceSize: Int) -> EventText {
    let file = EventFile(
      name: "f", byteCount: nil, source: source(bytes, pieceSize: pieceSize), fields: fields)
    var text = EventText()
    while true {
      do {
        guard let row = try file.next() else { return text }
        #expect(row.cells.count == row.columns.count)
        var cells: [String: String] = ["line": String(row.line)]
        for (column, cell) in zip(row.columns, row.cells) where !cell.isEmpty { cells[column] = cell }
        text.rows.append(cells)
      } catch {
        text.errors.append(error.description)
      }
    }
  }

  static func source(_ bytes: [UInt8], pieceSize: Int) -> ByteSource {
    var rest = bytes[...]
    return ByteSource(pieceSize: pieceSize) { buffer in
      let piece = rest.prefix(buffer.count)
      buffer.copyBytes(from: piece)
      rest = rest.dropFirst(piece.count)
      return piece.count
    }
  }

  /// Reads the text in pieces of every small size and in one; all must agree.
  static func read(_ text: String) -> EventText { read(Array(text.utf8)) }

  static func read(_ bytes: [UInt8]) -> EventText {
    let whole = read(bytes, pieceSize: ByteSource.pieceSize)
    for pieceSize in 1...7 where bytes.count < 10_000 {
      let pieces = read(bytes, pieceSize: pieceSize)
      if pieces != whole {
        return EventText(rows: [], errors: ["pieces of \(pieceSize) give \(pieces), not \(whole)"])
      }
    }
    return whole
  }
}
