import Crypto
import Foundation
import TestSupport

@testable import GuaranteeLedger

/// A copy of a pack that a test may damage.
final class PackCopy: Sendable {
  let folder: TemporaryFolder
  var path: String { folder.file("pack") }

  init(of path: String) throws {
    folder = try TemporaryFolder()
    try FileManager.default.copyItem(atPath: path, toPath: folder.file("pack"))
  }

  func verify(against older: String? = nil) throws -> PackProof {
    try AuditPack(path: path).verify(against: older.map { AuditPack(path: $0) })
  }

  /// The kinds of what is found; all of them when the pack can't be looked at.
  func found() -> Set<PackFinding.Kind> {
    (try? Set(verify().findings.map(\.kind))) ?? Set(PackFinding.Kind.allCases)
  }

  private func url(_ name: String) -> URL { URL(fileURLWithPath: path + "/" + name) }

  func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: url(name))) }

  func write(_ bytes: [UInt8], to name: String) throws { try Data(bytes).write(to: url(name)) }

  var names: [String] {
    get throws {
      try FileManager.default.subpathsOfDirectory(atPath: path).filter { !PackName.folders.contains($0) }
        .sorted()
    }
  }

  /// A file's records, the header among them; line breaks inside quotes are no ends.
  func records(_ name: String) throws -> [[UInt8]] {
    var records: [[UInt8]] = []
    var record: [UInt8] = []
    var isQuoted = false
    for byte in try bytes(name) {
      record.append(byte)
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: "\n"), !isQuoted {
        records.append(record)
        record = []
      }
    }
    return records
  }

  /// The cells of a record as they are written, with their quotes and without the line's end.
  static func cells(of record: [UInt8]) -> [[UInt8]] {
    var cells: [[UInt8]] = [[]]
    var isQuoted = false
    for byte in record.dropLast() {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: ","), !isQuoted {
        cells.append([])
      } else {
        cells[cells.count - 1].append(byte)
      }
    }
    return cells
  }

  /// The values of a table's rows.
  func cells(of name: String) throws -> [[String]] {
    var source = ByteSource(try bytes(name))
    var reader = CSVReader(line: 1)
    var rows: [[String]] = []
    while try reader.next(from: &source) != nil {
      let (bytes, ends) = reader.row.take()
      rows.append(
        bytes.withUnsafeBufferPointer { bytes in
          ends.withUnsafeBufferPointer { ends in
            let cells = PackCells(bytes: bytes, ends: ends)
            return ends.indices.map { cells.text($0) }
          }
        })
    }
    return Array(rows.dropFirst())
  }

  /// Writes records and makes the manifest fit them, as somebody would who knows how.
  func write(_ records: [[UInt8]], to name: String) throws {
    try write(Array(records.joined()), to: name)
    try fit(name, rows: records.count - 1)
  }

  /// Makes the manifest and the sums fit a file.
  func fit(_ name: String, rows: Int? = nil) throws {
    let bytes = try bytes(name)
    try edit { manifest in
      manifest.files.map { file in
        guard file.name == name else { return file }
        return PackManifest.File(
          name: name, bytes: bytes.count, sha256: SHA256.hash(data: bytes).hexDigits,
          rows: file.rows.map { rows ?? $0 })
      }
    }
  }

  /// Writes the manifest with other files, and the sums that go with it.
  func edit(
    program: String? = nil, schema: String? = nil, heads: [PackManifest.Head]? = nil,
    attempts: [PackManifest.Head]? = nil, isSealed: Bool = true,
    seal: PackManifest.LastSeal? = nil, selection: PackManifest.Selection?? = .none,
    files: (PackManifest) -> [PackManifest.File] = { $0.files }
  ) throws {
    let old = try PackJSON.read(bytes(PackManifest.name), as: PackManifest.self)
    let new = PackManifest(
      program: program ?? old.program, schema: schema ?? old.schema, selection: selection ?? old.selection,
      additions: old.additions,
      period: old.period, knownAt: old.knownAt,
      heads: heads ?? old.heads, attempts: attempts ?? old.attempts,
      seal: isSealed ? seal ?? old.seal : nil, totals: old.totals,
      files: files(old))
    let text = try PackJSON.bytes(new)
    try write(text, to: PackManifest.name)
    let sums = PackManifest.sums(of: new.files, manifest: SHA256.hash(data: text).hexDigits)
    try write(Array(sums.utf8), to: PackManifest.sums)
  }
}
