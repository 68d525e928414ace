import Foundation
import Testing

@Suite("Code samples")
struct SampleTests {
  private static func shown() throws -> [Sample] {
    try (Repository.files(in: Repository.catalogue, endingIn: ".md") + ["README.md"]).flatMap(Sample.onPage)
      + Repository.files(in: "Sources/GuaranteeLedger", endingIn: ".swift").flatMap(Sample.inComments)
  }

  private static func compiled() throws -> [Sample] {
    try Repository.files(
      in: "Tests/DocumentationTests/Samples", "Tests/SampleService", endingIn: ".swift"
    ).flatMap(Sample.compiled)
  }

  @Test("Every sample that a page or a comment shows is compiled, and runs in these tests")
  func shownIsCompiled() throws {
    let shown = try Self.shown()
    let compiled = try Self.compiled()
    #expect(shown.count > 20)
    for sample in shown {
      let twin = compiled.first { $0.text == sample.text }
      guard let twin else {
        Issue.record("This is on the page and nowhere compiled: \(sample)")
        continue
      }
      let lines = try Repository.lines(of: twin.path)
      for module in sample.imports { #expect(lines.contains("import \(module)"), "\(twin.path)") }
    }
  }

  @Test("Every sample that is compiled is shown")
  func compiledIsShown() throws {
    let shown = try Set(Self.shown().map(\.text))
    let compiled = try Self.compiled()
    #expect(compiled.count > 20)
    for sample in compiled where !shown.contains(sample.text) {
      Issue.record("This is compiled and on no page: \(sample)")
    }
  }

  @Test("Samples need nothing but what the library gives to everybody")
  func publicOnly() async throws {
    let files = Repository.files(in: "Tests/DocumentationTests/Samples", endingIn: ".swift")
    let said = try await Tool.run(
      "swiftc",
      ["-typecheck", "-parse-as-library", "-swift-version", "6", "-I", Repository.built + "/Modules"]
        + files.map { Repository.root + "/" + $0 } + Tool.cModules())
    #expect(said.status == 0, "\(said.output)")
  }
}
