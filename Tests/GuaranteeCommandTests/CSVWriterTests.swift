import GuaranteeLedger
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

  @Test("For spreadsheets there is a byte order mark, and text columns stay text")
  func spreadsheets() throws {
    let text = try written(
      [["=1+1", "-5.00"], ["-5.00", "0012"], ["a;b", "+1"], ["\u{FF1D}cmd", "1"], ["007", nil]], excel: true)
    #expect(
      text == "\u{FEFF}key,amount\n'=1+1,-5.00\n'-5.00,0012\n\"a;b\",+1\n'\u{FF1D}cmd,1\n'007,\n")
  }

  @Test(
    "Text that a spreadsheet would run, or take for something else, has an apostrophe before it",
    arguments: [
      "=A1", "+1+1", "-1+1", "@SUM(A1)", "\tx", "\rx", "\nx", "--1", "-", "-5", "\u{FF1D}A1", "\u{FF0B}1",
      "\u{FF0D}1",
      "\u{FF20}x", " =1+1", "\u{3000}=1", "'quoted", "007", "12", "12345678901234567890", "1E5", "1.5e-3",
      "3-4",
      "1/2", "2026-01-05", "1:30", "10:30 PM", "MAR-1", "5 May", "Sept 2", "TRUE", "false", "50%", "(5)",
      "￥5",
      "1,000", "３-４", "3月5日", "2026年1月", "1 1/2",
    ])
  func guarded(_ cell: String) {
    #expect(SpreadsheetCell.text(cell) == "'" + cell)
  }

  @Test(
    "Plain text stays what it is",
    arguments: [
      "", " ", "a=b", "光", "E-002", "QD-2025-0101", "A1", "receipt 17", "march", "may", "P2025-00417", "T-1",
      "2026-11-26T01:20:07.064637Z x", "12 pieces", "第三方", "e", "true story",
    ])
  func plain(_ cell: String) {
    #expect(SpreadsheetCell.text(cell) == cell)
  }
}
