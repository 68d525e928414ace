import Foundation
import Testing

@Suite("Fuzzing")
struct FuzzingTests {
  @Test("Every parser that is fuzzed has inputs to begin with, and .ci/run has all of them fuzzed")
  func seeds() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.appendingPathComponent("Fuzzing").path
    let sources = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
      $0.hasSuffix(".swift")
    }
    let text = try sources.map { try String(contentsOfFile: folder + "/" + $0, encoding: .utf8) }.joined()
    let parsers = text.matches(of: /Parser\("([a-z0-9]+)"\)/).map { String($0.output.1) }.sorted()
    let seeds = try FileManager.default.contentsOfDirectory(atPath: folder + "/Seeds")
      .filter { !$0.contains(".") }.sorted()
    #expect(parsers == seeds && parsers.count > 15)
    for parser in parsers {
      let files = try FileManager.default.contentsOfDirectory(atPath: folder + "/Seeds/" + parser)
      #expect(!files.isEmpty, "\(parser)")
    }
    let run = root.deletingLastPathComponent().appendingPathComponent(".ci/run").path
    #expect(try String(contentsOfFile: run, encoding: .utf8).split(separator: "\n").contains(".ci/fuzz"))
  }
}
