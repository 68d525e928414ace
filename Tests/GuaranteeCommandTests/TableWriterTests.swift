import Testing

@testable import GuaranteeCommand

@Suite("Tables for people")
struct TableWriterTests {
  private let columns = [OutputColumn("guarantor"), OutputColumn("amount", .amount), OutputColumn("note")]

  private func written(_ rows: [[String?]], styled: Bool = false) throws -> String {
    try captured { sink in
      var writer = TableWriter(columns, to: sink, isStyled: styled)
      for row in rows { try writer.write(row) }
      try writer.finish()
    }
  }

  @Test("Numbers stand to the right and are grouped; Chinese characters take two columns")
  func linesUp() throws {
    let rows: [[String?]] = [
      ["鲁商担保", "1200000.00", "x"], ["LUSHANG", "-5.00", nil], [nil, "0", "e\u{301}"],
    ]
    #expect(
      try written(rows) == """
        guarantor        amount  note
        ---------  ------------  ----
        鲁商担保   1,200,000.00  x
        LUSHANG           -5.00
                              0  e\u{301}

        """)
  }

  @Test("Without rows there are the headings")
  func empty() throws {
    #expect(try written([]) == "guarantor  amount  note\n---------  ------  ----\n")
  }

  @Test("Data cannot move the cursor, break a line or turn the reading order")
  func controlCharacters() throws {
    let text = try written([["\u{1B}[2J", nil, "a\nb\tc\u{202E}d\u{85}\u{7F}"]])
    #expect(text.contains("\\u{1B}[2J"))
    #expect(text.contains("a\\nb\\tc\\u{202E}d\\u{85}\\u{7F}"))
    #expect(
      !text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || (0x7F...0x9F).contains($0.value) })
  }

  @Test("Very long text is cut, and a wide cell after the first rows moves its own line only")
  func longText() throws {
    let long = String(repeating: "光", count: 500_000)
    let first = try written([[long, nil, nil]])
    #expect(
      first.split(separator: "\n").last
        == Substring(String(repeating: "光", count: (TableWriter.widestText - 1) / 2) + "…"))
    let late = try written(
      Array(repeating: ["a", "1", nil], count: TableWriter.measuredRows) + [["a long late cell", "1", nil]])
    #expect(late.hasSuffix("a               1\na long late cell       1\n"))
  }

  @Test("The heading is bold where style is wanted")
  func styled() throws {
    #expect(try written([], styled: true).hasPrefix("\u{1B}[1mguarantor"))
  }

  @Test(
    "Thousands are set apart",
    arguments: [
      ("1", "1"), ("999", "999"), ("1000", "1,000"), ("-1000.5", "-1,000.5"),
      ("123456789012345678.00", "123,456,789,012,345,678.00"),
      ("1e5", "1e5"), ("", ""), ("NaN", "NaN"),
    ])
  func grouping(_ pair: (String, String)) {
    #expect(NumberGrouping.grouped(pair.0) == pair.1)
  }
}
