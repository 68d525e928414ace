import GuaranteeLedger

/// Prints the rows of a report on standard output as they come.
final class RowPrinter {
  private let output: OutputOptions
  private let sink: ByteSink
  private var writer: (any RowWriter)?
  private let wanted: [String]?
  /// Where in each row the columns are that were chosen; `nil` when all are printed as they come.
  private var places: [Int]?

  /// How many rows were printed.
  private(set) var count = 0

  private let spared: Set<String>

  /// - Parameters:
  ///   - wanted: The columns to print, in their order; `nil` for all.
  ///   - spared: Those that a table for people is without.
  init(
    _ output: OutputOptions, choosing wanted: [String]? = nil, sparing spared: Set<String> = [],
    to sink: ByteSink? = nil
  ) {
    self.output = output
    self.spared = output.format == .table && wanted == nil ? spared : []
    self.wanted = wanted
    self.sink = sink ?? (output.format == .table ? .pages() : .standardOutput())
  }

  /// - Throws: `UnknownColumn` for a wanted one that is not there.
  func begin(_ columns: [ReportColumn]) throws {
    places = try wanted?.map { name in
      guard let place = columns.firstIndex(where: { $0.name == name }) else {
        throw UnknownColumn(name: name, columns: columns.map(\.name))
      }
      return place
    }
    if places == nil, !spared.isEmpty {
      places = columns.indices.filter { !spared.contains(columns[$0].name) }
    }
    let printed = places.map { $0.map { columns[$0] } } ?? columns
    writer = try output.writer(printed.map(OutputColumn.init), to: sink)
  }

  /// Begins unless rows of the same columns were printed already.
  func beginOnce(_ columns: [ReportColumn]) throws {
    if writer == nil { try begin(columns) }
  }

  /// - Throws: `ReaderGone` once nobody reads any more, which ends a report quietly.
  func print(_ row: [String?]) throws {
    if sink.isClosed { throw ReaderGone() }
    count += 1
    try writer?.write(places.map { $0.map { row[$0] } } ?? row)
  }

  func finish() throws {
    try writer?.finish()
    try sink.flush()
  }

  /// Whether a person looks at a table without a row.
  var isEmptyTable: Bool { count == 0 && output.format == .table }
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
