import Foundation
import TestSupport
import Testing

@Suite("README")
struct ReadmeTests {
  @Test("Every file and folder that README names is there")
  func names() throws {
    let text = try Repository.text(of: "README.md")
    let quoted = text.matches(of: /`([^`\n]+)`/).map(\.output.1)
    let mapped = text.matches(of: #/(?m)^((?:Sources|Tests|sql)/[\w./-]*) /#).map(\.output.1)
    let paths = (quoted + mapped).filter { $0.contains(/^(Sources|Tests|sql|\.ci)\/[\w.+\/-]*$/) }
    #expect(paths.count > 50)
    for path in Set(paths).sorted() { #expect(Repository.has(String(path)), "\(path)") }
  }

  @Test("Every folder is on README's map")
  func map() throws {
    let text = try Repository.text(of: "README.md")
    for parent in ["Sources", "sql"] {
      for name in try FileManager.default.contentsOfDirectory(atPath: Repository.root + "/" + parent) {
        guard !name.contains(".") else { continue }
        #expect(text.contains("\n\(parent)/\(name)/ "), "\(parent)/\(name)")
      }
    }
  }

  @Test("The commands that README gives for setting up and for testing are lines of .ci/run")
  func commands() throws {
    let lines = try Set(Repository.lines(of: ".ci/run").map(String.init))
    let commands = try Readme.commands(in: "Try it")
    #expect(commands.count == 3 && commands[1] == "swift test")
    for command in commands.prefix(2).flatMap({ $0.components(separatedBy: " && ") }) {
      #expect(lines.contains(command) || command == ".build/release/guarantee demo", "\(command)")
    }
  }

  @Test("The commands that README gives for recording and reading work as printed")
  func recordingAndReading() async throws {
    let script = try Readme.commands(in: "Record what happened") + Readme.commands(in: "Read the books")
    try await TemporaryServer.shared.withDatabase { url in
      let run = try await blocking {
        try Self.run("guarantee migrate\n" + script.joined(separator: "\n"), on: url)
      }
      #expect(run.exitCode == 0, "\(run.output)")
      #expect(run.output.contains("HRB-5,recorded"))
    }
  }

  /// Runs lines of shell up to the first that fails, in a folder of their own, with the program as it was built.
  private static func run(_ script: String, on url: String) throws -> (exitCode: Int32, output: String) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("readme-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let programs = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-ec", script]
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging([
      "GUARANTEE_DATABASE_URL": url, "PATH": programs + ":/usr/bin:/bin",
    ]) { $1 }
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }
}

private enum Readme {
  /// The lines of the `sh` blocks below a heading.
  static func commands(in section: String) throws -> [String] {
    var isInSection = false
    var isInBlock = false
    var found: [String] = []
    for line in try Repository.lines(of: "README.md") {
      if line.hasPrefix("```") {
        isInBlock = line == "```sh"
      } else if isInBlock && isInSection {
        found.append(String(line))
      } else if line.hasPrefix("## ") {
        isInSection = line == "## " + section
      }
    }
    return found
  }
}
