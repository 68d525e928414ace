import GuaranteeLedger

/// Prints what became of events that were to be approved or refused.
struct DecisionOutput {
  struct Line {
    let key: String
    let code: String
    /// What was done, for people.
    let sentence: Phrase
    /// Why it was not done; `nil` when it was.
    let refusal: LedgerRefusal?
  }

  private let output: OutputOptions

  init(_ output: OutputOptions) { self.output = output }

  /// - Throws: `Failure` with the exit code when something could not be done.
  func print(_ lines: [Line]) throws {
    let sink = ByteSink.standardOutput()
    if output.format == .table {
      for line in lines where line.refusal == nil {
        try sink.write(TerminalText.safe(line.sentence.text) + "\n")
      }
    } else {
      var writer = try output.writer(RecordOutput.columns, to: sink)
      for line in lines { try writer.write([line.key, line.code, line.refusal?.message]) }
      try writer.finish()
    }
    try sink.flush()
    let refusals = lines.compactMap(\.refusal)
    for refusal in refusals { Program.say(Phrase(said: refusal.message)) }
    guard !refusals.isEmpty else { return }
    throw Failure.silent(refusals.allSatisfy { $0.code == .notPermitted } ? .notPermitted : .refused)
  }
}
