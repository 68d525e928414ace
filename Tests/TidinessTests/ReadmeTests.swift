import Foundation
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
