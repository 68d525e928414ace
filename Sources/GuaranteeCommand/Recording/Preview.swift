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
      var refusals: [Phrase] = []
      var doubts: [Phrase] = []
      var names = MeantNames()
      while let batch = try await source.next() {
        doubts += batch.doubts
        let refused = try await read(batch.rows, in: inside, columns: printer.beginOnce, row: printer.print)
        for (row, refusal) in refused {
          refusals.append("\(refusal.key): \(await names.sentence(refusal, of: row.event, in: inside))")
        }
      }
      return (refusals, doubts)
    }
    try printer.finish()
    for doubt in doubts { Program.say(doubt) }
    for refusal in refusals { Program.say(refusal) }
    if !refusals.isEmpty { throw Failure.silent(.refused) }
  }

  /// Prints what one event would do.
  ///
  /// - Returns: Why it would be refused; `nil` when it wouldn't, and then it was shown.
  static func show(
    _ event: Event, in ledger: Ledger, _ output: OutputOptions, to sink: ByteSink = .standardOutput()
  ) async throws -> LedgerRefusal? {
    try await ledger.atomically(rollingBack: true) { inside in
      var refusal: LedgerRefusal?
      let rows = try await CollectedRows { columns, row in
        refusal = try await read([event], in: inside, columns: columns, row: row).first?.refusal
      }
      if let refusal { return refusal }
      if output.format == .table {
        try rows.writeForPeople(leavingOut: event.key, output, to: sink)
      } else {
        try rows.write(output, to: sink)
      }
      try sink.flush()
      return nil
    }
  }

  /// - Returns: What is refused, and why.
  private static func read<Row: BatchableEvent>(
    _ events: [Row], in ledger: Ledger,
    columns: ([ReportColumn]) async throws -> Void, row: ([String?]) async throws -> Void
  ) async throws -> [(row: Row, refusal: LedgerRefusal)] {
    let results = try await ledger.record(rows: events)
    try await ledger.preview(
      of: results.filter { $0.outcome == .recorded }.map(\.key), columns: columns, row: row)
    return zip(events, results).compactMap { event, result in result.refusal.map { (event, $0) } }
  }
}

extension CollectedRows {
  /// The entries, and what else changes, as a table each: together they are too wide for most windows.
  fileprivate func writeForPeople(leavingOut key: String, _ output: OutputOptions, to sink: ByteSink) throws {
    let sides = columns.indices.filter { columns[$0].kind == .amount }
    let (entries, changes) = split { row in sides.contains { !(row[$0] ?? "").isEmpty } }
    let parts = [entries, changes].filter { !$0.rows.isEmpty }
    if parts.isEmpty { try sink.write(Phrase("No balance, state or deadline changes by this.").text + "\n") }
    for (index, part) in parts.enumerated() {
      if index > 0 { try sink.write("\n") }
      try part.leavingOut(key).write(output, to: sink)
    }
  }
}
