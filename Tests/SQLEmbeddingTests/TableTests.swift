import Testing

@testable import SQLEmbeddingTool

@Suite("The tool's own reading of rules")
struct TableTests {
  private func rows(_ text: String) throws -> [[String: String]] {
    try Table(SourceFile(path: "rules/x.csv", text: text)).rows
  }

  @Test("Quotes, commas, line breaks and a byte order mark are read as spreadsheets write them")
  func reads() throws {
    let read = try rows("\u{FEFF}a,b\r\n\"x, \"\"y\"\"\nz\",\"\"\r\n\r\n,2")
    #expect(read == [["a": "x, \"y\"\nz", "b": ""], ["a": "", "b": "2"]])
  }

  @Test("A row of another length and a quote that does not end stop the build")
  func refuses() {
    #expect(throws: ToolError.self) { try rows("a,b\n1\n") }
    #expect(throws: ToolError.self) { try rows("a,b\n1,\"2\n") }
    #expect(throws: ToolError.self) { try rows("") }
  }

  @Test(
    "Names become Swift's, in backticks where they must",
    arguments: [
      ("hs_code", "hsCode", "HsCode"), ("in", "`in`", "In"), ("repeat", "`repeat`", "Repeat"),
      ("Type", "type", "`Type`"), ("self", "self_", "`Self`"), ("2nd", "`2nd`", "`2nd`"), ("a-b", "aB", "AB"),
      ("10", "`10`", "`10`"), ("", "_", "_"),
    ])
  func identifiers(_ name: String, _ lower: String, _ upper: String) {
    #expect(Identifier(name).lower == lower)
    #expect(Identifier(name).upper == upper)
  }

  @Test("An event without a row of its own is called by what its name ends in, or by its subject")
  func commandNames() throws {
    let events = [
      "open_dispute dispute", "suspend_dispute dispute", "inspect lot", "add_lot lot", "list_dispute dispute",
      "weigh scale",
    ]
    let names = CommandNames(
      commands: [
        ["event": "open_dispute", "noun": "dispute", "verb": "open"],
        ["event": "add_lot", "noun": "goods", "verb": "add"],
      ],
      events: events.map { $0.split(separator: " ") }.map {
        ["event": String($0[0]), "subject": String($0[1])]
      })
    let called = events.map { names.names(of: String($0.split(separator: " ")[0])) }.map {
      "\($0.noun) \($0.verb)"
    }
    #expect(
      called == [
        "dispute open", "dispute suspend", "goods inspect", "goods add", "dispute list-dispute",
        "scale weigh",
      ])
  }
}
