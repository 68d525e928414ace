import ArgumentParser
import GuaranteeLedger

/// `guarantee refuse KEY… --reason`.
struct RefuseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "refuse",
    abstract: "Refuses events that wait, or takes back what one proposed.",
    discussion: """
      They are kept among the attempts ('guarantee report attempts') with who refused them and why, and their \
      keys are free again.

      Example: guarantee refuse K-17 --reason 'the court has lifted the order'
      """)

  @Argument(help: ArgumentHelp("The events' keys.", valueName: "key")) var keys: [String]
  @Option(help: ArgumentHelp("Why.", valueName: "text")) var reason: String
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    if reason.allSatisfy(\.isWhitespace) { throw misuse("--reason takes the reason: say why.") }
  }

  func run() async throws {
    let opened = try await ledger.open()
    let results = try await opened.refuse(keys, because: reason)
    await opened.close()
    try DecisionOutput(output).print(
      results.map { result in
        DecisionOutput.Line(
          key: result.key, code: result.obstacle?.code.rawValue ?? "refused",
          sentence: "Refused: \(result.key), whose key is free again.", refusal: result.obstacle)
      })
  }
}
