import Testing

@testable import GuaranteeCommand

@Suite("Comma-separated values")
struct CSVWriterTests {
  private func written(_ rows: [[String?]], excel: Bool = false) throws -> String {
    try captured { sink in
      var writer = try CSVWriter(
        [OutputColumn("key"), OutputColumn("amount", .amount)], to: sink, isForSpreadsheets: excel)
      for row in rows { try writer.write(row) }
      try writer.finish()
    }
  }

  @Test("Quotes stand only where they are needed")
  func quotes() throws {
    let rows: [[String?]] = [
      ["plain text", "1200000.00"], ["a,b", nil], ["say \"no\"", "-5"], ["two\nlines", ""], ["光伏", "0"],
    ]
    #expect(
      try written(rows)
        == "key,amount\nplain text,1200000.00\n\"a,b\",\n\"say \"\"no\"\"\",-5\n\"two\nlines\",\n光伏,0\n")
  }

  @Test("Without rows there is a header")
  func header() throws {
    #expect(try written([]) == "key,amount\n")
  }

  @Test("For spreadsheets there is a byte order mark, and no cell runs as a formula")
  func spreadsheets() throws {
    let text = try written(
      [["=1+1", "-5.00"], ["-5.00-1", "@x"], ["a;b", "+1"], ["\u{FF1D}cmd", "1"]], excel: true)
    #expect(text == "\u{FEFF}key,amount\n'=1+1,-5.00\n'-5.00-1,'@x\n\"a;b\",'+1\n'\u{FF1D}cmd,1\n")
  }

  @Test(
    "A cell that begins like a formula is disarmed",
    arguments: [
      "=A1", "+1+1", "-1+1", "@SUM(A1)", "\tx", "\rx", "\nx", "--1", "-", "-1.", "-.5", "-1-", "\u{FF1D}A1",
    ])
  func disarmed(_ cell: String) {
    #expect(SpreadsheetCell.disarmed(cell) == "'" + cell)
  }

  @Test(
    "Plain numbers and plain text stay what they are",
    arguments: ["-5.00", "-5", "0", "12.50", "", "a=b", "1-2", "光"])
  func armed(_ cell: String) {
    #expect(SpreadsheetCell.disarmed(cell) == cell)
  }
}
