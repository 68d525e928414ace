import ArgumentParser
import GuaranteeLedger

/// `guarantee approve KEY…`.
struct ApproveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Approves events that wait, and so records them.",
    discussion: """
      Each is judged again as things are now; one that is refused goes on waiting. Results are recorded, pending \
      (another approval is needed), replayed (it was approved before), or the code of a refusal. Nobody approves \
      what he proposed.

      Example: guarantee approve K-17 K-18
      """)

  @Argument(help: ArgumentHelp("The events' keys.", valueName: "key")) var keys: [String]
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let opened = try await ledger.open()
    let results = try await opened.approve(keys)
    await opened.close()
    try DecisionOutput(output).print(
      results.map { result in
        let sentence: Phrase =
          switch result.outcome {
          case .recorded: "Approved and recorded: \(result.key)."
          case .replayed: "Nothing new: \(result.key) was approved before."
          default: "Approved: \(result.key), which waits for another approval."
          }
        return DecisionOutput.Line(
          key: result.key, code: result.code, sentence: sentence, refusal: result.refusal)
      })
  }
}
