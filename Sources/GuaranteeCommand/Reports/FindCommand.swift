import ArgumentParser
import GuaranteeLedger

/// `guarantee find`: where a word of a document leads.
struct FindCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find",
    abstract: "Finds events by a part of a reference, a declaration, a name, a code or a key.",
    discussion: """
      Upper and lower case are alike. What is called so comes first, such as a party or a dispute, and then the \
      latest events. Field says where it stands.

      Example: guarantee find LAOSHAN
      """)

  @Argument(help: "What to look for.") var text: String
  @OptionGroup var options: ReadingOptions

  func validate() throws {
    guard !text.isEmpty else { throw misuse("Say what to look for.") }
  }

  func run() async throws {
    try await options.print(sparing: ["sequence", "adds"]) { ledger, printer in
      try await ledger.find(
        text, rows: options.rows.selection, columns: { try printer.begin($0) },
        row: { try printer.print($0) })
    } whenEmpty: { _ in
      guard options.rows.after == nil else { return }
      throw Failure(
        .refused,
        options.rows.office.map { "'\(text)' stands in no event of \($0)." }
          ?? "'\(text)' stands in no event.")
    }
  }
}
