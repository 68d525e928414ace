import Foundation
import TestSupport
import Testing

@Suite("The commands that pages give, as they are printed", .endsInTime)
struct PageExampleTests {
  /// A folder to be in, with the program as it was built, for a ledger of its own.
  private struct Desk {
    let folder: TemporaryFolder
    private let shell: Program

    /// - Parameter ledger: What says where the ledger is.
    init(_ ledger: [String: String]) throws {
      folder = try TemporaryFolder()
      shell = Program.shell(in: folder, ledger)
    }

    /// Runs lines of shell up to the first that fails, and gives what they printed.
    func run(_ lines: [String]) async throws -> String {
      let run = try await shell.run(["-euo", "pipefail", "-c", lines.joined(separator: "\n")])
      #expect(run.exitCode == 0, "\(run.output.suffix(500))\(run.errors)")
      return run.output
    }
  }

  @Test("README's, from the first event to the people who check each other")
  func readme() async throws {
    let sections = [
      "Record what happened", "Read the books", "Reconcile with the bank", "Hand it to an auditor",
      "Who may do what",
    ]
    let commands = try sections.flatMap { try Self.commands(on: "README.md", in: $0) }
    let server = try await TemporaryServer()
    let desk = try Desk(["GUARANTEE_DATABASE_URL": server.connectionString()])
    let output = try await desk.run(["guarantee migrate"] + commands)
    #expect(output.contains("HRB-5,recorded") && output.contains("dora"))
  }

  @Test("README's and those about backups, on a server of the program's own")
  func ownServer() async throws {
    let desk = try Desk(["GUARANTEE_DATA_DIR": "ledger"])
    let stopping = "for folder in ledger restored; do guarantee stop --data-dir $folder; done"
    _ = try await desk.run(
      ["trap '\(stopping)' EXIT", "guarantee migrate"]
        + Self.commands(on: "README.md", in: "Where the ledger lives")
        + ["guarantee stop --data-dir restored", "rm -r restored"]
        + Self.commands(on: Repository.catalogue + "/BackingUp.md"))
  }

  @Test("Those about letters, on the story of the examples")
  func letters() async throws {
    let server = try await TemporaryServer()
    let desk = try Desk(["GUARANTEE_DATABASE_URL": server.connectionString()])
    _ = try await desk.run(
      ["guarantee migrate", "guarantee record '\(Repository.root)/sql/stories/examples.csv'"]
        + Self.commands(on: Repository.catalogue + "/WritingLetters.md"))
    #expect(desk.folder.contents.contains("notice-zh.html"))
  }

  @Test("The commands that README gives for setting up and for testing are lines of .ci/run")
  func commands() throws {
    let lines = try Set(Repository.lines(of: ".ci/run"))
    let commands = try Self.commands(on: "README.md", in: "Try it")
    #expect(commands.count == 3 && commands[1] == "swift test")
    for command in commands.prefix(2).flatMap({ $0.components(separatedBy: " && ") }) {
      #expect(lines.contains(command) || command == ".build/release/guarantee demo", "\(command)")
    }
  }

  /// The commands of a page.
  ///
  /// - Parameter section: The heading that they are below; `nil` for the whole page.
  private static func commands(on page: String, in section: String? = nil) throws -> [String] {
    let found = try Repository.commands(on: page)
      .filter { section == nil || $0.heading == "## \(section ?? "")" }.flatMap(\.lines)
    #expect(!found.isEmpty, "\(page) \(section ?? "")")
    return found
  }
}
