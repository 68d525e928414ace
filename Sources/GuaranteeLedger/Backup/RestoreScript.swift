import PostgresClient

/// The part of an archive that a script makes anew.
package enum ArchiveSection: String, CaseIterable, Sendable {
  /// Schemas, tables and functions.
  case before = "pre-data"
  /// The rows of the tables.
  case rows = "data"
  /// Keys, indexes and triggers.
  case after = "post-data"
}

/// Runs a script as `pg_restore` writes it: statements, and rows between `COPY … FROM stdin;` and `\.`.
struct RestoreScript {
  private let connection: PostgresConnection
  private var lines: LineReader

  init(_ next: @escaping () throws -> [UInt8]?, over connection: PostgresConnection) {
    lines = LineReader(next: next)
    self.connection = connection
  }

  mutating func run() async throws {
    var statements: [UInt8] = []
    while let line = try lines.next() {
      if line.starts(with: Self.copy), line.hasSuffix(Self.fromInput) {
        try await execute(&statements)
        try await copy(String(decoding: line.dropLast(2), as: UTF8.self))
      } else if !Self.isLeftOut(line) {
        statements += line
      }
    }
    try await execute(&statements)
  }

  private static let copy = Array("COPY ".utf8)
  private static let fromInput = Array(" FROM stdin;\n".utf8)
  private static let endOfRows = Array("\\.\n".utf8)
  /// What is meant for psql, and a setting that servers before 17 don't have.
  private static let leftOut = ["\\restrict ", "\\unrestrict ", "SET transaction_timeout = "].map {
    Array($0.utf8)
  }

  private static func isLeftOut(_ line: ArraySlice<UInt8>) -> Bool {
    leftOut.contains { line.starts(with: $0) }
  }

  private func execute(_ statements: inout [UInt8]) async throws {
    defer { statements = [] }
    try await connection.execute(String(decoding: statements, as: UTF8.self))
  }

  private mutating func copy(_ statement: String) async throws {
    var reader = lines
    var isOver = false
    try await connection.copyIn(statement) {
      if isOver { return nil }
      var chunk: [UInt8] = []
      while chunk.count < 1 << 16 {
        guard let line = try reader.next() else {
          throw BackupError(.damaged, "The archive ends in the midst of a table.")
        }
        if line.elementsEqual(Self.endOfRows) {
          isOver = true
          break
        }
        chunk += line
      }
      return chunk.isEmpty ? nil : chunk
    }
    lines = reader
  }
}

/// Lines with their ends, from pieces that are cut anywhere.
private struct LineReader {
  let more: () throws -> [UInt8]?
  private var piece: [UInt8] = []
  private var position = 0

  init(next: @escaping () throws -> [UInt8]?) { more = next }

  mutating func next() throws -> ArraySlice<UInt8>? {
    var searched = position
    while true {
      if let end = piece[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { position = end + 1 }
        return piece[position...end]
      }
      piece.removeFirst(position)
      position = 0
      searched = piece.count
      guard let following = try more() else {
        guard !piece.isEmpty else { return nil }
        position = piece.count
        return piece[...]
      }
      piece += following
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate func hasSuffix(_ end: [UInt8]) -> Bool { suffix(end.count).elementsEqual(end) }
}
