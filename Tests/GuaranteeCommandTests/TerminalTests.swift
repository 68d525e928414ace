import Foundation
import TestSupport
import Testing

@Suite("At a terminal")
struct TerminalTests {
  /// Runs the program's arguments on a terminal of its own, and gives what that shows.
  private func shown(
    _ program: BuiltProgram, _ arguments: String, _ variables: String = "TERM=xterm NO_COLOR="
  ) throws -> String {
    let command = "\(variables) '\(BuiltProgram.path)' \(arguments)"
    let text = try program.shell("script -qec \"\(command)\" /dev/null </dev/null")
    return text.replacingOccurrences(of: "\r\n", with: "\n")
  }

  @Test("Rows come as a table with a bold heading, which NO_COLOR leaves plain")
  func table() async throws {
    try await withLedger(StartingLedger.examples) { program in
      let styled = try shown(program, "report lots")
      #expect(styled.hasPrefix("\u{1B}[1mdispute"))
      for plain in ["TERM=xterm NO_COLOR=1", "TERM=dumb NO_COLOR="] {
        #expect(try shown(program, "report lots", plain).hasPrefix("dispute "))
      }
    }
  }

  @Test("A long recording shows how far it is, and takes that away at its end")
  func progress() async throws {
    try await withLedger { program in
      let folder = try TemporaryFolder()
      let file = try folder.write(offices((1...5000).map { ("K-\($0)", "OFFICE-\($0)") }), to: "events.csv")
      let text = try shown(program, "record --each \(file)")
      #expect(text.contains("] 100 %  5,000 events"))
      #expect(text.hasSuffix("\r\u{1B}[KOf 5,000 events: recorded 5,000.\n"))
    }
  }
}
