import ArgumentParser
import FoundationEssentials
import Glibc
import GuaranteeLedger
import PrivatePostgres

/// `guarantee demo`: a throwaway ledger with a worked case.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Tells a worked case step by step in a throwaway ledger.",
    discussion: """
      Sets up a private server in a temporary directory, records a dispute from its opening to its close, \
      shows the balances after each step, and takes everything away again.

      Example: guarantee demo
      """)

  @Flag(help: "Print the case's event file instead, ready to be recorded.") var events = false

  func run() async throws {
    guard let story = DemoStory.embedded else {
      throw Failure(.defect, "This program was built without its demo.")
    }
    let sink = ByteSink.standardOutput()
    if events {
      try sink.write(story.events)
      return try sink.flush()
    }
    let directory = Self.temporaryDirectory()
    let told = await Interruption.watching {
      try await Self.tell(story, in: directory, to: ByteSink.standardOutput())
    }
    _ = try? await PrivateServer(dataDirectory: directory).stop()
    try? FileManager.default.removeItem(atPath: directory)
    try told.get()
  }

  /// A name that nothing has yet; the server makes the directory.
  private static func temporaryDirectory() -> String {
    NamelessFile.folder + "/guarantee-" + EventKey.new(for: "demo")
  }

  private static func tell(_ story: DemoStory, in directory: String, to sink: ByteSink) async throws {
    try Self.say(
      "A throwaway ledger is set up in \(directory). Balances stand below each step that changes them.",
      to: sink)
    try sink.write("\n")
    try sink.flush()
    let ledger = try await LedgerPlace.private(dataDirectory: directory).open(makingOne: true)
    let path = directory + "/demo.csv"
    try story.events.write(toFile: path, atomically: false, encoding: .utf8)
    var telling = DemoTelling(ledger: ledger, file: try EventFile(path: path), sink: sink)
    for (index, step) in story.steps.enumerated() {
      try Task.checkCancellation()
      try await telling.tell(step, number: index + 1)
    }
    await ledger.close()
    try sink.write("\n")
    try Self.say("That was the whole case. To keep the books of your own: guarantee record FILE", to: sink)
    try Self.say("The case as an event file: guarantee demo --events", to: sink)
    try sink.flush()
  }

  private static func say(_ line: Phrase, to sink: ByteSink) throws { try sink.write(line.text + "\n") }
}
