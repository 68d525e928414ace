import LedgerSQL
import Testing

@Suite("Recording one event with the program")
struct OneEventTests {
  @Test("The result says the key that was made, and a key that is given is kept")
  func key() async throws {
    try await withLedger { program in
      let made = try program.output("office", "register", "--office", "A", "--zone", "Z")
      #expect(made.hasPrefix("key,result,message\nregister_office-") && made.hasSuffix(",recorded,\n"))
      let given = try program.output(
        "office", "register", "--office", "B", "--zone", "Z", "--key", "K-1", "--on", "2026-01-05")
      #expect(given == "key,result,message\nK-1,recorded,\n")
      let again = try program.output(
        "office", "register", "--office", "B", "--zone", "Z", "--key", "K-1", "--on", "2026-01-05", "-O",
        "table")
      #expect(again == "Nothing new: register_office on 2026-01-05 was recorded before with the key K-1.\n")
    }
  }

  @Test("A refusal is one sentence on standard error and exit code 1")
  func refusal() async throws {
    try await withLedger { program in
      _ = try program.output("office", "register", "--office", "A", "--zone", "Z")
      let run = try program.run(["office", "register", "--office", "A", "--zone", "Z", "-O", "table"])
      #expect(run.exitCode == 1 && run.output.isEmpty)
      #expect(run.errors.hasPrefix("guarantee: Office A is already there."))
    }
  }

  @Test("A dry run records nothing")
  func dryRun() async throws {
    try await withLedger { program in
      for _ in 0..<2 {
        let run = try program.run([
          "office", "register", "--office", "A", "--zone", "Z", "--key", "K", "--dry-run", "-O", "table",
        ])
        #expect(
          run.exitCode == 0
            && run.output.wholeMatch(
              of: #/Dry run, nothing was recorded: register_office on \d{4}-\d\d-\d\d would be\.\n/#) != nil
        )
      }
    }
  }

  @Test("The examples in the help of the one-event commands, one after the other, are all recorded")
  func examples() async throws {
    let story = try #require(LedgerSQL.files.first { $0.path == "stories/examples.csv" })
    try await withLedger { program in
      let lines = story.text.split(separator: "\n").map(String.init)
      var seen: Set<String> = []
      for line in lines.dropFirst() {
        let event = line.split(separator: ",", omittingEmptySubsequences: false)[2]
        let isFirst = seen.insert(String(event)).inserted
        if isFirst, let command = HelpTests.commands.first(where: { $0.eventName == String(event) }) {
          #expect(command.examples.count == 1, "\(command)")
          let example = try #require(command.examples.first)
          let run = try program.runShell(example)
          #expect(run.exitCode == 0 && run.output.contains(",recorded,"), "\(example): \(run.errors)")
        } else {
          let run = try program.run(["record", "-"], input: lines[0] + "\n" + line + "\n")
          #expect(run.exitCode == 0, "\(line): \(run.output)")
        }
      }
    }
  }
}
