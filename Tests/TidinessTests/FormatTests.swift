import Foundation
import TestSupport
import Testing

@Suite("Form")
struct FormatTests {
  @Test("Every Swift file is formatted as .swift-format says")
  func format() async throws {
    let (status, found) = try await blocking { try Self.lint() }
    #expect(status == 0, "\(found)\nMend with: swift format -i -r Sources Tests sql Package.swift")
  }

  private static func lint() throws -> (status: Int32, found: String) {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "swift", "format", "lint", "--strict", "-r", "Sources", "Tests", "sql", "Package.swift",
    ]
    process.currentDirectoryURL = URL(fileURLWithPath: Repository.root)
    process.standardError = output
    try process.run()
    let found = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, found)
  }

  @Test("A file holds one idea: none is over 500 lines, and those over 300 are worth a look")
  func size() throws {
    for path in Repository.code {
      let count = try Repository.lines(of: path).count
      if count > 500 {
        Issue.record("\(path) has \(count) lines")
      } else if count > 300 {
        Issue.record("\(path) has \(count) lines", severity: .warning)
      }
    }
  }

  @Test("Lines end without spaces, and files with a line end")
  func lineEnds() throws {
    let files = Repository.code + Repository.files(in: "sql", endingIn: ".csv") + ["README.md", ".ci/run"]
    #expect(try Place.all(of: /[ \t\r]$/, in: files).isEmpty)
    for path in files { #expect(try Repository.text(of: path).hasSuffix("\n"), "\(path)") }
  }
}
