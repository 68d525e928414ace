import Testing

@testable import GuaranteeLedger

@Suite("Banks' tables")
struct BankTableTests {
  @Test("GB 18030 with titles and two columns, newest first, is put in order")
  func twoColumns() throws {
    let statement = try #require(
      try statements(of: ExampleStatement.bytes(of: "february-list.gb18030.csv")).first)
    #expect(statement.account == "3803021019200112345" && statement.currency == .cny)
    #expect(statement.name == "2026-02-03/2026-02-10" && statement.isListOfDays)
    #expect(statement.opening.text == "2387068.50" && statement.closing.text == "2387052.00")
    #expect(
      statement.lines.map(\.amount.text) == ["100000.00", "-100000.00", "-16.50", "-15000.00", "15000.00"])
    #expect(statement.lines.map(\.series).first == "2026-02-03")
    #expect(statement.lines[3].counterparty == "Huanghai Bank" && statement.lines[4].isReversal)
  }

  @Test("UTF-8 with a byte order mark, one amount and a side")
  func side() throws {
    let statement = try #require(try statements(of: ExampleStatement.bytes(of: "april.utf8.csv")).first)
    #expect(statement.account == "3803021019200112345" && statement.opening.text == "2387052.00")
    #expect(statement.lines.map(\.amount.text) == ["1000.00", "-2000.00"])
    #expect(statement.lines.map(\.reference) == ["00010001", "00010002"])
  }

  @Test("A layout names columns and sides")
  func layout() throws {
    let layout =
      #"{"booked_on":"Day","debit":"In","credit":"Out","balance":"Rest","reference":"No","money_in":"debit"}"#
    let table = "Day,In,Out,Rest,No\n2026-01-05,5.00,,15.00,1\n2026-01-06,,7.00,8.00,2\n"
    let statement = try #require(
      try statements(in: table, currency: "USD", account: "9", layout: layout).first)
    #expect(statement.lines.map(\.amount.description) == ["5.00 USD", "-7.00 USD"])
    #expect(statement.opening.text == "10.00")
    let error = #expect(throws: BankFileError.self) { try BankLayout(json: #"{"day":"Day"}"#, file: "p") }
    #expect(error?.reason == "a layout has no member 'day'")
  }

  @Test("Titles with the balances, a header on each page and totals between them are no bookings")
  func pages() throws {
    let header = "记账日期,摘要,借方发生额,贷方发生额,交易流水号\n"
    let table =
      "账号:,622 001\n币种:,人民币\n期初余额:,100.00\n\n" + header + "20260105,一,,5.00,A1\n本页合计,,,5.00,\n" + header
      + "20260106,二,2.00,,A2\n合计,,2.00,5.00,\n期末余额,103.00\n打印日期:,2026-01-07\n"
    let statement = try #require(try statements(in: table).first)
    #expect(statement.lines.map(\.amount.text) == ["5.00", "-2.00"] && statement.account == "622001")
    #expect(statement.opening.text == "100.00" && statement.closing.text == "103.00")
    #expect(refusal(of: table.replacing("103.00", with: "104.00"))?.contains("does not add up") == true)
  }

  @Test("One signed column, and GB 18030 that the layout names")
  func signed() throws {
    let text = try ExampleStatement.text(of: "signed.csv")
    let layout = try ExampleStatement.text(of: "signed.json")
    let statement = try #require(
      try statements(in: text, currency: "USD", account: "7", layout: layout).first)
    #expect(
      statement.lines.map(\.amount.text) == ["250.00", "-1250.00"] && statement.opening.text == "1000.00")
  }

  @Test(
    "A booking is one whatever its first cell begins with, and a total is none",
    arguments: ["本期利息", "TotalEnergies SE", "七月租金合计"])
  func likeTotals(_ name: String) throws {
    let header = "摘要,日期,借方,贷方,余额\n"
    let rows = [
      "\(name),2026-01-05,,5.00,5.00\n", "费,2026-01-06,1.00,,4.00\n", "\(name),2026-01-07,,2.00,6.00\n",
    ]
    let totals = "过次页,2026-01-07,,6.00,6.00\n合计,,1.00,7.00,6.00\n本期合计,2026-01-07,1.00,7.00,6.00\n"
    let statement = try #require(
      try statements(in: header + rows.joined() + totals, currency: "CNY", account: "1").first)
    #expect(
      statement.lines.map(\.amount.text) == ["5.00", "-1.00", "2.00"] && statement.closing.text == "6.00")
  }

  @Test("A row that moves nothing is passed over, unless the balance moved")
  func nothing() throws {
    let rows = "2026-01-05,,5.00,15.00,1\n2026-01-06,0.00,0.00,15.00,2\n2026-01-07,1.00,,14.00,3\n"
    let statement = try #require(try statements(in: Self.table(rows), currency: "CNY", account: "1").first)
    #expect(statement.lines.map(\.amount.text) == ["5.00", "-1.00"] && statement.closing.text == "14.00")
    for (from, to) in [("0.00,0.00,15.00", "0.00,0.00,15.50"), ("0.00,0.00,15.00", ",,15.00")] {
      #expect(
        refusal(of: Self.table(rows.replacing(from, with: to)))?.hasPrefix("file, line 3, column ") == true)
    }
  }

  @Test("An account's number that a spreadsheet took for a quantity is refused")
  func rounded() {
    #expect(
      refusal(of: Self.table("2026-01-05,,5.00,15.00,1\n"), account: "6.22200170001E+15")
        == "file, line 2, column account: '6.22200170001E+15' is what a spreadsheet made of an account's number: take the file as the bank gave it."
    )
  }

  private static func table(_ rows: String) -> String { "交易日期,借方,贷方,余额,流水号\n" + rows }

  @Test("A payment and its return on one day are put in order by their times, or by the title, or by nobody")
  func back() throws {
    let rows = ["2026-01-06 15:00,100.00,,0.00,2\n", "2026-01-06 9:00,,100.00,100.00,1\n"]
    for table in [Self.table(rows.joined()), Self.table(rows.reversed().joined())] {
      let statement = try #require(try statements(in: table, currency: "CNY", account: "1").first)
      #expect(statement.lines.map(\.amount.text) == ["100.00", "-100.00"] && statement.opening.isZero)
      let untold = table.replacing(" 15:00", with: "").replacing(" 9:00", with: "")
      #expect(
        refusal(of: untold)?.contains("the account may have opened with") == true
          && refusal(of: untold)?.hasPrefix("file, line 2, column 余额: ") == true)
      for (opening, first) in [("0.00", "100.00"), ("100.00", "-100.00")] {
        let titled = try statements(in: "期初余额:,\(opening)\n" + untold, currency: "CNY", account: "1")
        #expect(titled.first?.lines.first?.amount.text == first && titled.first?.opening.text == opening)
      }
    }
  }

  @Test(
    "Times of day beside a date or alone, and what is none",
    arguments: [
      ("2026-02-10 15:02:11", "15:02:11"), ("2026/1/5 9:05", "09:05:00"), ("20260105103000", "10:30:00"),
      ("20260105 103000", "10:30:00"), ("2026-01-05T10:00:00+08:00", "10:00:00"), ("09:30", "09:30:00"),
      ("2026-01-05", nil), ("20260105", nil), ("2026-01-05 03:00 PM", nil), ("2026-01-05 下午3:00", nil),
      ("2026-01-05 25:00", nil), ("2026-01-05 10:61", nil), ("10:", nil), ("", nil),
    ] as [(String, String?)])
  func times(_ text: String, _ time: String?) {
    #expect(BankValues.time(text)?.description == time)
  }

  @Test(
    "What is wrong is named with its line and column",
    arguments: [
      ("2026-13-05,,5.00,15.00,1\n", "line 2, column 交易日期: '2026-13-05' is no date"),
      ("2026-01-05,,5;00,15.00,1\n", "line 2, column 贷方: '5;00' is no amount"),
      ("2026-01-05,,\"5,00\",15.00,1\n", "line 2, column 贷方: '5,00' is no amount"),
      (
        "2026-01-05,1.00,5.00,15.00,1\n",
        "line 2, column 贷方: one of debit and credit must have an amount, and not both"
      ),
      (
        "2026-01-05,,5.00,922337203685477580.00,1\n",
        "line 2, column 余额: '922337203685477580.00' is more than the ledger can hold"
      ),
      (
        "2026-01-05,5.00,,92233720368547758.07,1\n",
        "line 2, column 余额: '92233720368547763.07' is more than the ledger can hold"
      ),
      ("2026-01-05,,5.00,15.00,1,X\n", "line 2: the row has 6 values for the 5 columns named in line 1"),
      (
        "2026-01-05,,5.00,15.00,1\n2026-01-06,,5.00,21.00,2\n",
        "line 3, column 余额: the balance does not add up: 15.00 before, 5.00 moved, and 21.00 behind it"
      ),
      ("", "the table has no line below its header"),
    ])
  func mistakes(_ rows: String, _ reason: String) {
    let mark = rows.isEmpty ? "file: " : "file, "
    #expect(refusal(of: Self.table(rows)) == mark + reason + ".")
  }

  @Test("Bytes of neither encoding, and files of another kind, are refused")
  func encodings() {
    #expect(refusal(of: "Some,thing,else\n1,2,3\n")?.contains("no line names the columns") == true)
    let bad = Array(Self.table("2026-01-05,,5.00,15.00,").utf8.dropFirst(0)) + [0xFF, 0xFF, 0x0A]
    #expect(throws: BankFileError.self) { try statements(of: bad, currency: "CNY", account: "1") }
    #expect(throws: BankFileError.self) { try statements(of: [0xFF, 0xFE, 0x41, 0x00]) }
  }

  @Test(
    "Days and amounts in the ways that banks write them",
    arguments: [
      ("2026-01-05", "2026-01-05"), ("20260105", "2026-01-05"), ("2026/1/5 10:00", "2026-01-05"),
      ("2026年1月5日", "2026-01-05"), ("20260105103000", "2026-01-05"), ("05.01.2026", nil), ("2026", nil),
      ("", nil),
    ] as [(String, String?)])
  func days(_ text: String, _ date: String?) {
    #expect(BankValues.date(text)?.description == date)
  }

  @Test(
    "Amounts",
    arguments: [
      ("1,234,567.89", "1234567.89"), ("-12.5", "-12.5"), ("+3", "3"), ("￥1,000.00", "1000.00"),
      ("0,500", nil), ("-0,500.00", nil), ("1,23", nil), ("0.005", nil), ("0.500", "0.500"),
      ("12,345,6", nil), ("1.2.3", nil), ("", nil), ("1e3", nil), ("--1", nil),
    ] as [(String, String?)])
  func amounts(_ text: String, _ amount: String?) {
    #expect(BankValues.amount(text, in: .cny)?.text == amount)
  }
}
