import ArgumentParser
import FoundationEssentials

/// `guarantee manual-pages`: the manual, for those who make packages of the program.
struct ManualPagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual-pages", abstract: "Writes a manual page for each command, in both languages.",
    discussion: """
      Example: guarantee manual-pages ./man

      Pages go to man1 in the folder, those in Chinese to zh_CN/man1, as below /usr/share/man.
      """, shouldDisplay: false)

  @Argument(help: "The folder; it is made if it isn't there.", completion: .directory) var folder: String

  func run() throws {
    for (language, below) in [(Language.english, "/man1"), (.chinese, "/zh_CN/man1")] {
      do {
        try FileManager.default.createDirectory(atPath: folder + below, withIntermediateDirectories: true)
      } catch {
        throw Failure(.output, "The folder '\(folder + below)' can't be made.")
      }
      try Language.$current.withValue(language) {
        for page in ManualPage.all() {
          try OutputFile(path: "\(folder)\(below)/\(page.name).1", kind: "manual page").write {
            try $0.write(page.text)
          }
        }
      }
    }
  }
}
