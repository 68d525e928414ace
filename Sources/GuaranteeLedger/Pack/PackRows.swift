/// The cells of a row while it is looked at.
struct PackCells {
  let bytes: UnsafeBufferPointer<UInt8>
  let ends: UnsafeBufferPointer<Int>

  subscript(index: Int) -> Slice<UnsafeBufferPointer<UInt8>> {
    bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  func isEmpty(_ index: Int) -> Bool { ends[index] == (index == 0 ? 0 : ends[index - 1]) }

  func text(_ index: Int) -> String { String(decoding: self[index], as: UTF8.self) }
}

/// The rows of a table of a pack, in constant memory.
///
/// A row that can't be read is noted and passed over; what nobody can read on from ends the table.
final class PackRows {
  let table: PackTable
  let file: HashedFile
  /// The line of the present row.
  private(set) var line = 0
  /// How many rows there were so far.
  private(set) var count = 0

  private var source: ByteSource
  private var csv: CSVReader
  private let findings: PackFindings
  private var isEnded = false

  /// Opens a table and reads its header.
  init(_ table: PackTable, in folder: String, _ findings: PackFindings) throws(PackFault) {
    self.table = table
    self.findings = findings
    let file = try HashedFile(table.file, in: folder)
    self.file = file
    source = ByteSource { file.read(into: $0) }
    // What somebody sent, or a seal of many offices, may be long.
    csv = CSVReader(
      line: 1,
      longestValue: ["attempts", "seals"].contains(table.name) ? 4 << 20 : RowText.longestValue)
    do {
      guard try csv.next(from: &source) != nil else { throw PackFault(table.file, "the file is empty") }
    } catch let fault as PackFault {
      throw fault
    } catch {
      let problem = error as? RowProblem
      throw PackFault(table.file, problem?.reason ?? "the file can't be read", line: problem?.line)
    }
    let header = csv.row.ends.indices.map { csv.row.text(at: $0) }
    guard header == table.columns else {
      let first = zip(header, table.columns).first { $0 != $1 }
      let wanted = first?.1 ?? table.columns.dropFirst(header.count).first ?? "nothing more"
      throw PackFault(
        table.file, "the header has \(shown(first?.0 ?? "")) where \(wanted) should be", line: 1)
    }
    csv.columns = EventColumns(names: header, known: [])
  }

  /// Goes to the next row; `false` after the last.
  func next() -> Bool {
    while !isEnded {
      do {
        guard let line = try csv.next(from: &source) else { break }
        count += 1
        self.line = line
        if csv.row.count == table.columns.count { return true }
        findings.note(
          .format, table.file, line: line,
          "the row has \(csv.row.count) values for \(table.columns.count) columns")
      } catch let problem as RowProblem {
        let column = problem.field.map { "column \($0): " } ?? ""
        findings.note(.format, table.file, line: problem.line, column + problem.reason)
        if problem.endsReading { break }
        count += 1
      } catch {
        let reason = (error as? SystemFailure)?.reason ?? "it can't be read"
        findings.note(.format, table.file, line: line, reason)
        break
      }
    }
    isEnded = true
    return false
  }

  /// Looks at the present row.
  func withCells<Value>(_ body: (PackCells) throws -> Value) rethrows -> Value {
    try csv.row.bytes.withUnsafeBufferPointer { bytes in
      try csv.row.ends.withUnsafeBufferPointer { ends in try body(PackCells(bytes: bytes, ends: ends)) }
    }
  }

  func note(_ kind: PackFinding.Kind, _ reason: @autoclosure () -> String) {
    findings.note(kind, table.file, line: line, reason())
  }
}
