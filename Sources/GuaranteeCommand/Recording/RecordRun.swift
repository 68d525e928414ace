import GuaranteeLedger

/// One run of `record`: takes the results of each batch, and says at the end what became of the files.
struct RecordRun {
  private let mode: RecordCommand.Mode
  private let isDryRun: Bool
  private let output: OutputOptions
  private let rejects: RejectsFile?
  private let stop: StopRequest
  private let sink = ByteSink.standardOutput()

  /// Results that cannot be printed yet: all of an atomic run, the refused ones of a table.
  private let spool: SpoolFile?
  private var writer: (any RowWriter)?
  private var tally = RecordTally()
  private var progress: ProgressBar
  private var problems = UnreadableRows()
  private var doubts: [Phrase] = []
  private var names = MeantNames()

  init(
    mode: RecordCommand.Mode, isDryRun: Bool, output: OutputOptions, rejects: RejectsFile?, totalBytes: Int,
    stop: StopRequest = StopRequest()
  ) throws {
    self.mode = mode
    self.isDryRun = isDryRun
    self.output = output
    self.rejects = rejects
    self.stop = stop
    let holdsBack = mode == .atomic || output.format == .table
    spool = holdsBack ? try SpoolFile() : nil
    writer = holdsBack ? nil : try output.writer(RecordOutput.columns, to: sink)
    progress = ProgressBar(
      totalBytes: totalBytes, isShown: Terminal.isStandardError && (holdsBack || !Terminal.isStandardOutput))
  }

  /// Records everything that the source gives.
  ///
  /// - Throws: `EventFileError` in an atomic run, in which then nothing was recorded.
  mutating func record(_ source: EventSource, in ledger: Ledger) async throws {
    defer { progress.clear() }
    do {
      if keepsBatches {
        var lanes = RecordingLanes(ledger)
        return try await takeAll(source, ledger) { try await lanes.record($0.rows) }
      }
      try await ledger.atomically(rollingBack: isDryRun) { ledger in
        try await takeAll(source, ledger) { try await ledger.record(rows: $0.rows) }
        if stop.isMade { throw Failure.silent(.interrupted) }
        if mode == .atomic && tally.refused > 0 { throw NothingRecorded() }
      }
    } catch is NothingRecorded {
    } catch {
      throw broken(by: error)
    }
  }

  /// Whether each batch is recorded for good when it was sent, whatever becomes of the next.
  private var keepsBatches: Bool { mode == .each && !isDryRun }

  /// What is to be said of a run that did not come to its end.
  private mutating func broken(by error: any Error) -> Failure {
    progress.clear()
    let cause =
      (error as? any FailureConvertible)?.failure
      ?? Failure(.defect, "Something unexpected happened: \(error).")
    if (error as? LedgerError)?.isOutcomeUnknown == true, !keepsBatches {
      return Failure(
        cause.code, "\(cause.message) Record the same file again: what is there already is replayed.")
    }
    if keepsBatches {
      try? writer?.finish()
      try? sink.flush()
      return Failure(cause.code, "\(cause.message) \(tally.soFar)")
    }
    if stop.isMade { return Failure(.interrupted, "Stopped: nothing was recorded.") }
    return Failure(cause.code, "\(cause.message) Nothing was recorded.")
  }

  /// Records events that come from no file, each by itself.
  mutating func record(_ events: [Event], in ledger: Ledger) async throws {
    if !isDryRun { return try await takeAll(events, ledger) }
    try await ledger.atomically(rollingBack: true) { try await takeAll(events, $0) }
  }

  private mutating func takeAll(_ events: [Event], _ ledger: Ledger) async throws {
    for start in stride(from: 0, to: events.count, by: EventSource.batchSize) {
      let batch = Array(events[start..<min(start + EventSource.batchSize, events.count)])
      for (event, result) in zip(batch, try await ledger.record(batch)) {
        tally.count(result.code, isRefused: result.refusal != nil)
        try await print(result, of: event, from: "", ledger)
      }
    }
  }

  /// Reads the next batch while the database works on the present one.
  private mutating func takeAll(
    _ source: EventSource, _ ledger: Ledger, _ record: (EventSource.Batch) async throws -> [RecordResult]
  ) async throws {
    var batch = try await batch(from: Task { try await source.next() })
    while let current = batch {
      let following = Task { try await source.next() }
      let results = current.rows.isEmpty ? [] : try await record(current)
      try await take(results, of: current, ledger)
      batch = try await self.batch(from: following)
    }
  }

  /// The batch that is being read; `nil` at the end, or when somebody asks to stop.
  private mutating func batch(
    from reading: Task<EventSource.Batch?, any Error>
  ) async throws -> EventSource.Batch? {
    do {
      return try await stop.value(of: reading)
    } catch let error as EventFileError {
      return try stopReading(error)
    }
  }

  /// A run row by row keeps what it recorded before; an atomic one records nothing.
  private mutating func stopReading(_ error: EventFileError) throws -> EventSource.Batch? {
    guard mode == .each else { throw error }
    problems.add(error)
    return nil
  }

  private mutating func take(
    _ results: [RecordResult], of batch: EventSource.Batch, _ ledger: Ledger
  ) async throws {
    guard results.count == batch.rows.count else {
      throw Failure(.defect, "The ledger gave \(results.count) results for \(batch.rows.count) events.")
    }
    let file = batch.file.split(separator: "/").last ?? ""
    for result in results { tally.count(result.code, isRefused: result.refusal != nil) }
    for (row, result) in zip(batch.rows, results) {
      try await print(result, of: row.event, from: "\(file):\(row.line)", ledger)
      if let refusal = result.refusal {
        try rejects?.add(
          names: row.columns, cells: row.cells, result: result.code,
          message: Phrase(said: refusal.message).text)
      }
    }
    for problem in batch.problems { problems.add(problem) }
    doubts += batch.doubts
    progress.update(bytes: batch.bytesRead, events: tally.total)
  }

  /// Prints a result or puts it aside; `row` says where it stands, for people.
  private mutating func print(
    _ result: RecordResult, of event: @autoclosure () -> Event, from row: String, _ ledger: Ledger
  ) async throws {
    let refusal = result.refusal
    guard let spool, output.format == .table else {
      let line = [result.key, result.code, refusal?.message]
      if let spool { return try spool.append(line + [row]) }
      return try writer?.write(line) ?? ()
    }
    guard let refusal else { return }
    let sentence = await names.sentence(refusal, of: event(), in: ledger)
    try spool.append([result.key, result.code, sentence.text, row])
  }

  /// Prints what was held back and the summary, and writes the rejects.
  ///
  /// - Throws: `Failure` with the exit code of the run when something was refused or could not be read.
  mutating func finish() throws {
    try printRows()
    let isNothingRecorded = mode == .atomic && tally.refused > 0
    let summary = tally.summary(isNothingRecorded: isNothingRecorded, isDryRun: isDryRun)
    if output.format == .table {
      if tally.total > 0 || problems.isEmpty { try sink.write(summary.text + "\n") }
    } else if isDryRun || tally.refused > 0 {
      Program.say(summary)
    }
    try sink.flush()
    try writeRejects()
    for doubt in doubts { Program.say(doubt) }
    try problems.report()
    if stop.isMade && keepsBatches { throw Failure(.interrupted, "Stopped. \(tally.soFar)") }
    if tally.refused > 0 {
      throw Failure.silent(tally.isNotPermitted ? .notPermitted : .refused)
    }
  }

  private func writeRejects() throws {
    guard let rejects else { return }
    do {
      try rejects.finish()
    } catch let failure as Failure where keepsBatches {
      throw Failure(failure.code, "\(failure.message) \(tally.soFar)")
    }
    if rejects.count > 0 {
      let next: Phrase =
        mode == .each
        ? "mend them there and record that file"
        : "mend them and record all again, or record the others with --each first"
      Program.say("The refused rows are in '\(rejects.path)': \(next).")
    }
  }

  private mutating func printRows() throws {
    if output.format == .table {
      guard tally.refused > 0 else { return }
      writer = try output.writer([OutputColumn("row")] + RecordOutput.columns, to: sink)
    } else if spool != nil {
      writer = try output.writer(RecordOutput.columns, to: sink)
    }
    let isNothingRecorded = mode == .atomic && tally.refused > 0
    try spool?.readAll { row in
      if output.format == .table { return try writer?.write([row[3]] + row.prefix(3)) ?? () }
      let isFine = row[2] == nil
      try writer?.write([row[0], isNothingRecorded && isFine ? RecordOutput.notRecorded : row[1], row[2]])
    }
    try writer?.finish()
    if output.format == .table { try sink.write("\n") }
  }
}

/// Ends a transaction in which an event was refused.
private struct NothingRecorded: Error {}

/// Rows that could not be read while others were recorded.
struct UnreadableRows {
  private static let mostShown = 20
  private var shown: [EventFileError] = []
  private var count = 0

  var isEmpty: Bool { count == 0 }

  mutating func add(_ error: EventFileError) {
    count += 1
    if shown.count < Self.mostShown { shown.append(error) }
  }

  /// Says each on standard error.
  ///
  /// - Throws: `Failure` with the code for unreadable input when there is any.
  func report() throws(Failure) {
    guard count > 0 else { return }
    for error in shown { Program.say(error.failure.message) }
    if count > shown.count { Program.say("\(count - shown.count) more rows could not be read.") }
    throw .silent(.unreadableInput)
  }
}
