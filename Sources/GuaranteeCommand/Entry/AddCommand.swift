import ArgumentParser
import GuaranteeLedger

/// `guarantee add`: an event for somebody who knows what happened and not what it is called.
struct AddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Asks what happened, and then for the fields of that event.",
    discussion: """
      It shows what the event would do before it is recorded. It needs a terminal; 'guarantee help event' lists \
      what can happen, and each has a command of its own.

      Example: guarantee add goods leave
      """)

  @Argument(help: ArgumentHelp("Words that say what happened; asked for when left out.", valueName: "word"))
  var words: [String] = []
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() async throws {
    guard Dialogue.isPossible else {
      throw Failure(
        .usage,
        "'guarantee add' asks questions and there is no terminal to ask them on. Use the event's own command."
      )
    }
    let command = try chosenCommand()
    let opened = try await ledger.open(makingOne: true)
    var entry = try EventEntry(command, given: [:], in: opened, office: ledger.choice().office)
    guard try await entry.complete() else { return Program.say("Nothing was recorded.") }
    let results = try await opened.record([entry.event])
    let why = await results.first?.refusal?.sentence(of: entry.event, in: opened)
    await opened.close()
    guard let result = results.first else { throw Failure(.defect, "The ledger gave no result.") }
    if let why { throw Failure(.refused, why) }
    try Dialogue().say(RecordSentence.text(result, of: entry.event, isDryRun: false))
  }

  private func chosenCommand() throws -> any EventCommand.Type {
    let dialogue = Dialogue()
    var text = words.joined(separator: " ")
    while true {
      if text.isEmpty { text = try dialogue.ask("What happened?") }
      let choices = EventSearch.events(for: text).map {
        AnswerChoice(
          $0.code, meaning: Phrase(said: $0.summary).text, names: [CodeName.shown($0.code, as: "event")])
      }
      if text.isEmpty {
        try dialogue.say("Say it in a few words, such as 'goods leave' or 'award paid'.")
      } else if choices.isEmpty {
        try dialogue.say("Nothing that can happen is described by '\(text)'. Try another word.")
      } else {
        let chosen = try dialogue.choose(
          "Which", among: choices, default: choices.count == 1 ? choices[0].value : nil)
        if let command = EventSearch.command(for: chosen) { return command }
        if !chosen.isEmpty { try dialogue.say("'\(chosen)' is none of them.") }
      }
      text = ""
    }
  }
}
