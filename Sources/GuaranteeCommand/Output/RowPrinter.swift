import GuaranteeLedger

/// Prints the rows of a report on standard output as they come.
final class RowPrinter {
  private let output: OutputOptions
  private let sink: ByteSink
  private var writer: (any RowWriter)?

  /// How many rows were printed.
  private(set) var count = 0

  init(_ output: OutputOptions, to sink: ByteSink? = nil) {
    self.output = output
    self.sink = sink ?? (output.format == .table ? .pages() : .standardOutput())
  }

  func begin(_ columns: [ReportColumn]) throws {
    writer = try output.writer(columns.map(OutputColumn.init), to: sink)
  }

  /// Begins unless rows of the same columns were printed already.
  func beginOnce(_ columns: [ReportColumn]) throws {
    if writer == nil { try begin(columns) }
  }

  /// - Throws: `ReaderGone` once nobody reads any more, which ends a report quietly.
  func print(_ row: [String?]) throws {
    if sink.isClosed { throw ReaderGone() }
    count += 1
    try writer?.write(row)
  }

  func finish() throws {
    try writer?.finish()
    try sink.flush()
  }
}

/// Whoever read the output has gone: there is nothing more to do, and nothing to say.
struct ReaderGone: Error, FailureConvertible {
  var failure: Failure { .silent(.done) }
}

extension OutputColumn {
  init(_ column: ReportColumn) {
    let kind: Kind =
      switch column.kind {
      case .integer: .integer
      case .number: .amount
      case .boolean: .boolean
      case .text: .text
      case .date: .date
      }
    self.init(column.name, kind)
  }
}
