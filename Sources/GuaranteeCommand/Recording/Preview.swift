import GuaranteeLedger

/// Events as they would be recorded: what they would do to balances, states and deadlines, in a transaction that is
/// taken back.
enum Preview {
  /// Prints what all rows of a source would do.
  ///
  /// - Throws: `Failure` when some are refused; the others were shown, and why was said.
  static func show(_ source: EventSource, in ledger: Ledger, _ output: OutputOptions) async throws {
    let printer = RowPrinter(output)
    let (refusals, doubts) = try await ledger.atomically(rollingBack: true) { inside in
      var refusals: [LedgerRefusal] = []
      var doubts: [Phrase] = []
      while let batch = try await source.next() {
        doubts += batch.doubts
        refusals += try await read(batch.rows, in: inside, columns: printer.beginOnce, row: printer.print)
      }
      return (refusals, doubts)
    }
    try printer.finish()
    for doubt in doubts { Program.say(doubt) }
    for refusal in refusals { Program.say("\(refusal.key): \(Phrase(said: refusal.message))") }
    if !refusals.isEmpty { throw Failure.silent(.refused) }
  }

  /// Prints what one event would do.
  ///
  /// - Returns: Why it would be refused; `nil` when it wouldn't, and then it was shown.
  static func show(
    _ event: Event, in ledger: Ledger, _ output: OutputOptions, to sink: ByteSink = .standardOutput()
  ) async throws -> LedgerRefusal? {
    try await ledger.atomically(rollingBack: true) { inside in
      var refusals: [LedgerRefusal] = []
      var rows = try await CollectedRows { columns, row in
        refusals = try await read([event], in: inside, columns: columns, row: row)
      }
      if let refusal = refusals.first { return refusal }
      if output.format == .table { rows = rows.leavingOut(event.key) }
      try rows.write(output, to: sink)
      try sink.flush()
      return nil
    }
  }

  private static func read(
    _ events: [some BatchableEvent], in ledger: Ledger,
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws -> [LedgerRefusal] {
    let results = try await ledger.record(rows: events)
    try await ledger.preview(
      of: results.filter { $0.outcome == .recorded }.map(\.key), columns: columns, row: row)
    return results.compactMap(\.refusal)
  }
}
