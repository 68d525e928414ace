import ArgumentParser
import GuaranteeLedger

extension EventCommand {
  mutating func run() async throws {
    let ledger = try await options.ledger.open(makingOne: true)
    let event = Event(
      key: options.key ?? EventKey.new(for: Self.eventName),
      on: try await dateOrToday(ledger), name: Self.eventName, fields: givenFields)
    if options.preview {
      let refusal = try await Preview.show(event, in: ledger, options.output)
      let why = await refusal?.sentence(of: event, in: ledger)
      await ledger.close()
      if let why { throw Failure(.refused, why) }
      return
    }
    let isDryRun = options.dryRun
    let results =
      isDryRun
      ? try await ledger.atomically(rollingBack: true) { try await $0.record([event]) }
      : try await recordOnce(event, in: ledger)
    guard let result = results.first else { throw Failure(.defect, "The ledger gave no result.") }
    try print(result, of: event, isDryRun: isDryRun)
    let why = await result.refusal?.sentence(of: event, in: ledger)
    await ledger.close()
    if let why {
      throw Failure(result.refusal?.code == .notPermitted ? .notPermitted : .refused, why)
    }
  }

  /// Records it, or says with which key to try again: nobody knows one that was made here.
  private func recordOnce(_ event: Event, in ledger: Ledger) async throws -> [RecordResult] {
    do throws(LedgerError) {
      return try await ledger.record([event])
    } catch {
      guard error.isOutcomeUnknown else { throw error }
      throw Failure(
        error.failure.code,
        """
        It is not known whether this was recorded, as the database did not answer in time. Run the same command \
        again with --key \(ShellWord.quoted(event.key)) --on \(event.on): that records it if it is not there, and says so \
        if it is.
        """
      )
    }
  }

  /// A field given as empty text counts as given: the ledger says what it thinks of it.
  private var givenFields: [String: String] {
    var given: [String: String] = [:]
    for (name, value) in fields { given[name] = value }
    return given
  }

  private func dateOrToday(_ ledger: Ledger) async throws -> String {
    if let on = options.on { return on }
    return try await ledger.today().description
  }

  private func print(_ result: RecordResult, of event: Event, isDryRun: Bool) throws {
    let sink = ByteSink.standardOutput()
    if options.output.format == .table {
      guard result.refusal == nil else { return }
      let sentence = RecordSentence.text(result, of: event, isDryRun: isDryRun)
      try sink.write(TerminalText.fitted(sentence.text, columns: Terminal.columns) + "\n")
    } else {
      var writer = try options.output.writer(RecordOutput.columns, to: sink)
      try writer.write([result.key, result.code, result.refusal?.message])
      try writer.finish()
      if isDryRun { Program.say("Dry run: nothing was recorded.") }
    }
    try sink.flush()
  }
}

/// What became of an event, for people.
enum RecordSentence {
  static func text(_ result: RecordResult, of event: Event, isDryRun: Bool) -> Phrase {
    let what: Phrase = "\(CodeName.shown(event.name, as: "event")) on \(event.on)"
    return switch (result.outcome, isDryRun) {
    case (.recorded, true): "Dry run, nothing was recorded: \(what) would be."
    case (.recorded, false): "Recorded \(what) with the key \(result.key)."
    case (.replayed, _): "Nothing new: \(what) was recorded before with the key \(result.key)."
    case (.pending, true): "Dry run, nothing was recorded: \(what) would wait for a second person."
    case (.pending, false):
      "\(what) waits for a second person, who runs 'guarantee approve \(ShellWord.quoted(result.key))'."
    default: "\(what) with the key \(result.key): \(CodeName.shown(result.code, as: "result"))."
    }
  }
}
