import Testing

@Suite("Words that are not used here")
struct WordTests {
  @Test("Nothing traps on input or steps around a check")
  func traps() throws {
    let sources = Repository.code.filter { $0.hasPrefix("Sources/") }
    expectNone(
      try Place.all(of: /\btry!|\bas!|\b(fatalError|preconditionFailure|precondition)\(/, in: sources))
    expectNone(try Place.all(of: /\btry!/, in: Repository.code))
  }

  @Test("No test waits for time to pass")
  func sleeps() throws {
    let tests = Repository.code.filter { $0.hasPrefix("Tests/") }
    expectNone(try Place.all(of: /\bTask\.sleep|\bu?sleep\(|\bpg_sleep\(0/, in: tests))
  }

  @Test("Nothing is left to be done later")
  func unfinished() throws {
    let files = Repository.code + Repository.files(in: "sql", endingIn: ".csv") + ["README.md", ".ci/run"]
    expectNone(try Place.all(of: /\b(TODO|FIXME|XXX|HACK)\b/, in: files))
  }

  @Test("No floating point comes near money")
  func floatingPoint() throws {
    let files = Repository.code.filter {
      $0.hasPrefix("Sources/GuaranteeLedger/") || $0.hasPrefix("Sources/GuaranteeCommand/")
        || $0.hasPrefix("sql/")
    }
    let pattern = /\b(Double|Float|Float32|Float64|float4|float8|real|to_number)\b|double precision/
    expectNone(try Place.all(of: pattern, in: files).filter { !$0.isComment })
  }

  @Test("What the compiler cannot check has a sentence that says why it is safe")
  func unchecked() throws {
    for place in try Place.all(of: /@unchecked Sendable|nonisolated\(unsafe\)/, in: Repository.code) {
      let above = place.line > 1 ? try Repository.lines(of: place.path)[place.line - 2] : ""
      #expect(place.text.contains("//") || above.contains("//"), "\(place)")
    }
  }

  private func expectNone(_ places: [Place], sourceLocation: SourceLocation = #_sourceLocation) {
    for place in places { Issue.record("\(place)", sourceLocation: sourceLocation) }
  }
}

extension Place {
  /// Whether the line is prose.
  fileprivate var isComment: Bool {
    let start = text.drop { $0 == " " }
    return ["//", "--", "comment on", "'"].contains { start.hasPrefix($0) }
  }
}
