import Foundation
import TestSupport
import Testing

@Suite("The cookbook", .endsInTime)
struct CookbookTests {
  private static let page = Repository.catalogue + "/Cookbook.md"

  /// The tasks by their headings, each with the lines of its commands.
  private static func tasks() throws -> [(title: String, commands: [String])] {
    try Repository.commands(on: page).filter { $0.heading.hasPrefix("### ") }
      .map { (String($0.heading.dropFirst(4)), $0.lines) }
  }

  @Test("All twenty tasks are done as they are printed, in their order, on one ledger")
  func everyTask() async throws {
    let tasks = try Self.tasks()
    #expect(tasks.count == 20)
    try await TemporaryServer.shared.withDatabase { url in
      let folder = try TemporaryFolder()
      let shell = Program.shell(in: folder, ["GUARANTEE_DATABASE_URL": url])
      _ = try await shell.run(["-ec", "guarantee migrate"])
      for task in tasks {
        #expect(task.commands.contains { $0.hasPrefix("guarantee ") }, "\(task.title)")
        let run = try await shell.run(["-ec", task.commands.joined(separator: "\n")])
        #expect(run.exitCode == 0, "\(task.title): \(run.output)\(run.errors)")
      }
      let proof = try await shell.run(["-ec", "cat rejects.csv; grep -c BEGIN:VEVENT deadlines.ics"])
      #expect(proof.output.contains("JULY-2") && !proof.output.contains("JULY-1"), "\(proof.output)")
    }
  }

  @Test("On a terminal in Chinese they are done as well, and no sentence stays in English")
  func everyTaskInChinese() async throws {
    try await TemporaryServer.shared.withDatabase { url in
      let folder = try TemporaryFolder()
      let shell = Program.shell(
        in: folder,
        [
          "GUARANTEE_DATABASE_URL": url, "LANG": "zh_CN.UTF-8", "TERM": "xterm", "NO_COLOR": "1",
          "COLUMNS": "250", "PAGER": "cat",
        ])
      _ = try await shell.run(["-ec", "guarantee migrate"])
      for task in try Self.tasks() {
        let script = try folder.write(task.commands.joined(separator: "\n"), to: "task.sh")
        let run = try await shell.run(["-ec", "script -qec 'bash -e \(script)' /dev/null"])
        #expect(run.exitCode == 0, "\(task.title): \(run.output)\(run.errors)")
        // Three words one after the other are more than a code or a name has. What was written as a document's number is
        // nobody's to translate, and commands are what is typed.
        let said = run.output.replacingOccurrences(of: "credited twice by the bank", with: "")
        for line in said.split(whereSeparator: \.isNewline)
        where !line.contains("guarantee ") && line.contains(#/[A-Za-z]+,? [a-z]+,? [a-z]+/#) {
          Issue.record("\(task.title): \(line)")
        }
      }
    }
  }
}
