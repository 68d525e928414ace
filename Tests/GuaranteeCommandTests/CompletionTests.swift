import ArgumentParser
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import GuaranteeCommand

@Suite("Completion in shells")
struct CompletionTests {
  /// How each shell begins plainly, and how it reads the script that the program gives.
  private static let shells = [
    "bash": (start: "bash --norc --noprofile", read: "source <(guarantee --generate-completion-script bash)"),
    "zsh": (
      start: "zsh -f",
      read:
        "autoload -Uz compinit; compinit -u -D; guarantee --generate-completion-script zsh >$HOME/_guarantee; fpath=($HOME $fpath); compinit -u -D"
    ),
    "fish": (start: "fish --no-config", read: "guarantee --generate-completion-script fish | source"),
  ]

  @Test(
    "Each shell completes commands, and codes that the ledger has", .timeLimit(.minutes(20)),
    arguments: shells.keys.sorted())
  func completed(_ name: String) async throws {
    let shell = try #require(Self.shells[name])
    try await TemporaryServer.shared.withDatabase(template: StartingLedger.decided) { url in
      let folder = try TemporaryFolder()
      let terminal = try TypedTerminal(
        shell.start,
        environment: [
          "HOME": folder.path, "GUARANTEE_DATABASE_URL": url, "TERM": "xterm",
          "PATH": (BuiltProgram.path as NSString).deletingLastPathComponent + ":/usr/bin:/bin",
        ])
      terminal.type(shell.read + "; echo rea''dy\n")
      try await terminal.shows("ready")
      terminal.type("guarantee counter-guarantee dra\t --dispute Q\t --guarantor JI\t")
      try await terminal.shows("QD-2025-0101")
      try await terminal.shows("JIAOZHOU-INSURANCE")
      terminal.type("\u{3}")
      terminal.end()
    }
  }

  @Test(
    "Shells that say what a word is for say it in the reader's language", .timeLimit(.minutes(20)),
    arguments: ["zsh", "fish"])
  func described(_ name: String) async throws {
    let shell = try #require(Self.shells[name])
    let folder = try TemporaryFolder()
    let terminal = try TypedTerminal(
      shell.start,
      environment: [
        "HOME": folder.path, "TERM": "xterm", "LC_ALL": "C.UTF-8",
        "PATH": (BuiltProgram.path as NSString).deletingLastPathComponent + ":/usr/bin:/bin",
      ])
    let read = shell.read.replacing("guarantee --gen", with: "guarantee --lang zh-Hans --gen")
    terminal.type(read + "; echo rea''dy\n")
    try await terminal.shows("ready")
    terminal.type("guarantee seal\t\t")
    let meaning = try #require(Catalogue.chinese[SealCommand.configuration.abstract])
    try await terminal.shows(String(meaning.prefix(6)))
    terminal.type("\u{3}")
    terminal.end()
  }
}

/// A program on a terminal of its own that is typed into while it runs.
final class TypedTerminal: Sendable {
  private let process: Process
  private let keyboard = Pipe()
  private let screen: Screen

  init(_ command: String, environment: [String: String]) throws {
    process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/script")
    process.arguments = ["-qec", "stty cols 200; exec \(command)", "/dev/null"]
    process.environment = environment
    process.standardInput = keyboard
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    let screen = Screen()
    self.screen = screen
    output.fileHandleForReading.readabilityHandler = { handle in screen.add(handle.availableData) }
    try process.run()
  }

  func type(_ text: String) { keyboard.fileHandleForWriting.write(Data(text.utf8)) }

  /// Waits until the text is on the screen.
  func shows(_ text: String) async throws {
    try await until { screen.text.contains(text) }
  }

  /// What was shown so far, without what only moves the cursor or colours.
  var text: String { screen.text }

  /// The same with all that was sent to the terminal.
  var written: String { screen.written }

  func end() {
    process.terminate()
    process.waitUntilExit()
  }
}

/// What a terminal has shown.
private final class Screen: Sendable {
  private let bytes = Mutex<[UInt8]>([])

  func add(_ data: Data) { bytes.withLock { $0 += data } }

  var written: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }

  /// Without what only moves the cursor or colours.
  var text: String {
    written.replacing(/\u{1B}\[[0-9;?]*[A-Za-z]/, with: "")
  }
}
