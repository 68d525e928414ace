import ArgumentParser
import GuaranteeLedger

/// `guarantee follow`: every event with its entries, as it is recorded.
struct FollowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "follow",
    abstract: "Prints every event with its entries, and goes on as more are recorded.",
    discussion: """
      One JSON object a line. In each office the events come by their sequence numbers, none missing and none \
      twice, also when the server is restarted meanwhile. The member 'position' of the last line that you have \
      dealt with, given as --after, is where to go on.

      ^C or a termination signal ends it in order, with exit code 0, and so does a reader that goes away.

      Example: guarantee follow --office QINGDAO --until-end
      Record the same in another ledger:  guarantee follow --until-end | jq -c '{key, on, event} + .fields'
      """)

  @Option(
    help: ArgumentHelp(
      "What comes after this position, which a line gave (default: all).", valueName: "position"))
  var after: String?

  @Option(
    help: ArgumentHelp(
      "Only this office; may be given several times. '' is the register of parties and recordals.",
      valueName: "office"))
  var office: [String] = []

  @Flag(help: "End once what is there has been printed.")
  var untilEnd = false

  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func validate() throws {
    _ = try position()
  }

  func run() async throws {
    let position = try position()
    var options = FeedOptions()
    options.offices = office.isEmpty ? nil : office
    options.untilEnd = untilEnd
    options.onTrouble = { Program.say("\(Phrase(said: $0.message.endingInStop)) It is tried again.") }
    let opened = try await ledger.open()
    let feed = opened.events(after: position, options)
    await opened.close()
    let printing = Task { try await Self.print(feed, after: position, to: .endingWithTask()) }
    let stop = Interruption.Watch(onSignal: { printing.cancel() })
    defer { stop.end() }
    ReaderWatch.begin(onGone: { printing.cancel() })
    try await printing.value
  }

  private func position() throws -> FeedPosition {
    guard let position = FeedPosition(after ?? "") else {
      throw misuse(
        "'\(after ?? "")' is no position: give the member 'position' of a line that 'guarantee follow' printed."
      )
    }
    return position
  }

  private static func print(
    _ feed: EventFeed, after position: FeedPosition, to sink: sending ByteSink
  ) async throws {
    var position = position
    for try await event in feed {
      position.advance(past: event)
      try sink.write(EventLine.text(event, position: position))
      try sink.flush()
      if sink.isClosed { return }
    }
  }
}
