import Foundation
import TestSupport
import Testing

@testable import GuaranteeLedger

@Suite("Spreadsheets as flat XML")
struct SheetTests {
  private static func csv(_ rows: String) throws -> String { try read(rows).csv }

  private static func read(_ rows: String) throws -> (csv: String, joined: Sheet.JoinedLines?) {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      """
      <office:document xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table>\(rows)</table:table>
      <table:table><table:table-row><table:table-cell office:value-type="string"><text:p>other</text:p></table:table-cell></table:table-row></table:table>
      </office:spreadsheet></office:body></office:document>
      """, to: "sheet.fods")
    var csv = ""
    let joined = try Sheet.read(path: path, named: "book.xlsx") { csv += $0 }
    return (csv, joined)
  }

  private static func text(_ value: String) -> String {
    #"<table:table-cell office:value-type="string"><text:p>\#(value)</text:p></table:table-cell>"#
  }

  private static func row(_ cells: String..., repeated: Int = 1) -> String {
    #"<table:table-row table:number-rows-repeated="\#(repeated)">\#(cells.joined())</table:table-row>"#
  }

  private static func cell(_ attributes: String, _ content: String = "") -> String {
    "<table:table-cell \(attributes)>\(content)</table:table-cell>"
  }

  @Test("Each row is on its line, with what its cells hold")
  func rows() throws {
    let csv = try Self.csv(
      Self.row(Self.text("key"), Self.text("on"), Self.text("amount"), Self.text("name"))
        + Self.row(Self.cell(#"table:number-columns-repeated="16384""#), repeated: 2)
        + Self.row(
          Self.cell(#"office:value-type="float" office:value="17""#, "<text:p>17.00</text:p>"),
          Self.cell(#"office:value-type="date" office:date-value="2025-02-05""#, "<text:p>5/2/25</text:p>"),
          Self.cell(#"office:value-type="currency" office:value="100000.5""#, "<text:p>100,000.50</text:p>"),
          Self.cell(
            #"office:value-type="string""#,
            "<office:annotation><text:p>note</text:p></office:annotation><text:p>a, &quot;b&quot;</text:p>"))
        + Self.row(
          Self.text("00123"), Self.cell(#"table:number-columns-repeated="2""#), Self.text("x"), repeated: 2)
        + Self.row(Self.text("K")) + Self.row(Self.cell(""), repeated: 1_000_000))
    #expect(
      csv == "key,on,amount,name\n\n\n17,2025-02-05,100000.5,\"a, \"\"b\"\"\"\n00123,,,x\n00123,,,x\nK,,,\n")
  }

  @Test(
    "Text in parts that look otherwise is one text",
    arguments: [
      (
        " <text:span>青岛银行</text:span>, <text:span>Qing<text:span>dao</text:span></text:span> ",
        "青岛银行, Qingdao"
      ),
      ("a <text:span>b </text:span>c<text:s/><text:s text:c=\"2\"/>d", "a b c   d"),
      ("<text:a>a@b.cn</text:a>; <text:span/>x<text:tab/>y", "a@b.cn; x\ty"),
    ])
  func parts(_ content: String, _ value: String) throws {
    let csv = try Self.csv(Self.row(Self.text("key")) + Self.row(Self.text(content)))
    #expect(csv == "key\n" + (value.contains { ",\t".contains($0) } ? "\"\(value)\"" : value) + "\n")
  }

  @Test("The lines of a cell become one, and where that was is told")
  func lines() throws {
    let lines = Self.cell(
      #"office:value-type="string""#, "<text:p>slip </text:p><text:p/><text:p>17<text:line-break/>b</text:p>")
    let ended = Self.cell(#"office:value-type="string""#, "<text:p>K</text:p><text:p/>")
    let (csv, joined) = try Self.read(
      Self.row(Self.text("key"), Self.text("reference")) + Self.row(ended, lines) + Self.row(lines))
    #expect(csv == "key,reference\nK,slip 17 b\nslip 17 b,\n")
    #expect(joined?.count == 2 && joined?.line == 2 && joined?.field == "reference")
  }

  @Test("Blanks without end are refused")
  func endlessBlanks() {
    let blanks = #"<text:p>a<text:s text:c="999999999999"/></text:p>"#
    let error = #expect(throws: EventFileError.self) {
      try Self.csv(Self.row(Self.text("key")) + Self.row(Self.cell(#"office:value-type="string""#, blanks)))
    }
    #expect(
      error?.description
        == "book.xlsx, line 2: the spreadsheet can't be read: the text of p is longer than 65536 bytes.")
  }

  @Test(
    "What can't be taken for certain is named with its row and column",
    arguments: [
      (
        #"office:value-type="float" office:value="1234567890123456.78""#, "",
        "the number in the cell has more digits"
      ),
      (#"office:value-type="percentage" office:value="0.5""#, "", "no text, number or date"),
      (#"office:value-type="time" office:time-value="PT1H""#, "", "no text, number or date"),
      (
        #"office:value-type="string""#, "<text:p>a<text:sheet-name>b</text:sheet-name></text:p>",
        "more than text"
      ),
    ])
  func refused(_ attributes: String, _ content: String, _ reason: String) {
    let error = #expect(throws: EventFileError.self) {
      try Self.csv(
        Self.row(Self.text("key"), Self.text("amount"))
          + Self.row(Self.text("K"), Self.cell(attributes, content)))
    }
    #expect(error?.description.hasPrefix("book.xlsx, line 2, column amount: ") == true)
    #expect(error?.reason.contains(reason) == true)
  }

  @Test(
    "Numbers are digits, exactly",
    arguments: [
      ("17", "17"), ("1.5E+05", "150000"), ("100000.50", "100000.5"), ("0.1", "0.1"), ("1E-02", "0.01"),
      ("-5", "-5"),
      ("1.23456789012345E+014", "123456789012345"), ("0", "0"), ("007", "7"), ("12.00", "12"),
    ])
  func numbers(_ text: String, _ decimal: String) { #expect(SheetNumber.decimal(text) == decimal) }

  @Test(
    "Numbers that have lost digits, and what is none",
    arguments: ["0.30000000000000004", "1.23456789012345678E+017", "x", "", "1E+300", "1.2.3", "1E"])
  func noNumbers(_ text: String) { #expect(SheetNumber.decimal(text) == nil) }
}
