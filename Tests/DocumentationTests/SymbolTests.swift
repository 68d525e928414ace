import Foundation
import Testing

@Suite("The documentation")
struct SymbolTests {
  /// Writes what the library makes public, as the compiler knows it, into a folder.
  private func withSymbols(_ body: (_ folder: String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "symbols-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let info = try await Tool.run("swiftc", ["-print-target-info"]).output
    let target = try JSONDecoder().decode(TargetInfo.self, from: Data(info.utf8))
    let said = try await Tool.run(
      "swift",
      [
        "symbolgraph-extract", "-module-name", "GuaranteeLedger", "-minimum-access-level", "public",
        "-skip-synthesized-members",
        "-target", target.target.triple, "-I", Repository.built + "/Modules", "-output-dir", folder,
      ] + Tool.cModules())
    try #require(said.status == 0, "\(said.output)")
    try await body(folder)
  }

  private struct TargetInfo: Decodable {
    struct Target: Decodable { let triple: String }
    let target: Target
  }

  private struct SymbolGraph: Decodable {
    struct Symbol: Decodable {
      struct Comment: Decodable {}
      let pathComponents: [String]
      let docComment: Comment?
    }
    let symbols: [Symbol]
  }

  @Test("The catalogue builds without a warning: every link leads somewhere, every parameter is explained")
  func builds() async throws {
    try await withSymbols { folder in
      let said = try await Tool.run(
        "docc",
        [
          "convert", Repository.catalogue, "--additional-symbol-graph-dir", folder, "--warnings-as-errors",
          "--fallback-display-name", "GuaranteeLedger", "--fallback-bundle-identifier", "GuaranteeLedger",
          "--output-path", folder + "/GuaranteeLedger.doccarchive",
        ])
      #expect(said.status == 0, "\(said.output)")
      #expect(!said.output.contains("warning:"), "\(said.output)")
    }
  }

  @Test("Everything public has a comment of its own")
  func comments() async throws {
    // What the compiler adds to Hashable types has none and needs none.
    let derived: Set = ["hash(into:)", "hashValue"]
    try await withSymbols { folder in
      let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/GuaranteeLedger.symbols.json"))
      let symbols = try JSONDecoder().decode(SymbolGraph.self, from: data).symbols
      #expect(symbols.count > 500)
      for symbol in symbols where symbol.docComment == nil {
        if let name = symbol.pathComponents.last, derived.contains(name) { continue }
        Issue.record("\(symbol.pathComponents.joined(separator: ".")) has no comment")
      }
    }
  }
}
