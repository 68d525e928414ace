import Testing

@testable import GuaranteeLedger

@Suite("MT940")
struct MT940Tests {
  private static func message(_ lines: String, closing: String = "C260105CNY101,00") -> String {
    ":20:REF\n:25:622 202/00\n:28C:7/1\n:60F:C260104CNY100,00\n\(lines)\n:62F:\(closing)\n-\n"
  }

  private func line(_ field: String, closing: String = "101,00") throws -> BankLine {
    try #require(try statements(in: Self.message(field, closing: "C260105CNY" + closing)).first?.lines.first)
  }

  @Test("Messages of several pages become one statement")
  func pages() throws {
    let found = try statements(of: ExampleStatement.bytes(of: "february.mt940"))
    #expect(found.count == 1)
    let statement = try #require(found.first)
    #expect(statement.name == "2026/2" && statement.lines.count == 4)
    #expect(statement.opening.text == "2237068.50" && statement.closing.text == "2387068.50")
    #expect(statement.lines.map(\.amount.text) == ["75000.00", "75000.00", "-35.00", "35.00"])
    #expect(statement.lines.map(\.isReversal) == [false, false, false, true])
    #expect(statement.lines[0].counterparty == "HUANGHAI BANK")
    #expect(statement.lines[0].references.contains("HB-7800"))
  }

  @Test(
    "A line's side, day and amount",
    arguments: [
      ("2601050105C1,NTRFX//B", "101,00", "1 2026-01-05"), ("260105D1,5NTRFX", "98,50", "-1.5 2026-01-05"),
      ("2512310102CY1,25NTRFX", "101,25", "1.25 2026-01-02"),
      ("2601021231RC2,00NTRFX", "98,00", "-2.00 2025-12-31 reversal"),
      ("260105RD3,10FCHGX", "103,10", "3.10 2026-01-05 reversal"),
    ])
  func lines(_ field: String, _ closing: String, _ says: String) throws {
    let line = try line(":61:" + field, closing: closing)
    #expect("\(line.amount.text) \(line.bookedOn)" + (line.isReversal ? " reversal" : "") == says)
  }

  @Test("What field 86 says, in its three forms")
  func details() throws {
    let words = try line(
      ":61:260105C1,00NTRFOWN//BANK\n:86:/EREF/E-1//ORDP//NAME/Payer/REMI/INV/1\n/CHGS/CNY0,50")
    #expect(words.references == ["OWN", "BANK", "E-1", "INV/1"] && words.counterparty == "Payer")
    #expect(words.charges?.text == "0.50" && words.reference == "BANK")
    let numbered = try line(
      ":61:260105C1,00NTRFNONREF\n:86:166?00CREDIT?20EREF+E-2 SVWZ+Miete 1?21/26?31DE99?32Pay?33er")
    #expect(
      numbered.references == ["E-2"] && numbered.counterparty == "Payer"
        && numbered.counterpartyAccount == "DE99")
    #expect(numbered.purpose == "EREF+E-2 SVWZ+Miete 1/26" && numbered.reference == "#1")
    let plain = try line(":61:260105C1,00NTRFX\n:86:Thank you\nfor HRB-17")
    #expect(plain.purpose == "Thank you for HRB-17")
  }

  @Test(
    "What is wrong is named with its line and tag",
    arguments: [
      (":61:261305C1,00NTRFX", "line 5, :61: '261305' is no date"),
      (":61:260105X1,00NTRFX", "line 5, :61: behind the date stands none of C, D, RC and RD"),
      (":61:260105C1.00NTRFX", "line 5, :61: '1' is no amount such as 1234,56"),
      (":61:260105C1,00", "line 5, :61: behind the amount stands no kind of transaction, such as NTRF"),
    ])
  func mistakes(_ field: String, _ reason: String) {
    #expect(refusal(of: Self.message(field)) == "file, \(reason).")
  }

  @Test("Statements of one day come in the order in which they connect, else of their numbers")
  func order() throws {
    func message(_ number: Int, _ opening: String, _ line: String, _ closing: String) -> String {
      ":20:R\n:25:1\n:28C:\(number)\n:60F:C260105CNY\(opening)\n:61:260105\(line)NTRFX\n:62F:C260105CNY\(closing)\n-\n"
    }
    let chain = [
      message(9, "0,00", "C5,00", "5,00"), message(10, "5,00", "D5,00", "0,00"),
      message(11, "0,00", "C7,00", "7,00"),
    ]
    for texts in [chain, chain.reversed()] {
      #expect(try statements(in: texts.joined()).map(\.name) == ["2026/9", "2026/10", "2026/11"])
    }
    // The bank may count as it likes.
    let counted = message(10, "5,00", "C1,00", "6,00") + chain[0].replacing("28C:9", with: "28C:12")
    #expect(try statements(in: counted).map(\.name) == ["2026/12", "2026/10"])
    let apart = chain[0] + message(10, "6,00", "C1,00", "7,00")
    #expect(try statements(in: apart).map(\.name) == ["2026/9", "2026/10"])
  }

  @Test("An amount beyond what the ledger counts is named with its line")
  func beyond() {
    let text = Self.message(
      ":61:260105C922337203685477580,00NTRFX", closing: "C260105CNY922337203685477680,00")
    #expect(refusal(of: text)?.hasPrefix("file, line 5: '922337203685477580.00' is more than") == true)
    let balance =
      ":20:R\n:25:1\n:28C:1\n:60F:C260105CNY922337203685477580,00\n:62F:C260105CNY922337203685477580,00\n-\n"
    #expect(
      refusal(of: balance)?.hasPrefix("file, line 4, :60F: '922337203685477580.00' is more than") == true)
  }

  @Test("Balances that can't be read, and fields that are missing, are named")
  func balances() {
    #expect(
      refusal(of: Self.message("", closing: "C260105USD1,00"))?.contains(
        ":62F: the closing balance is not in CNY") == true)
    #expect(refusal(of: Self.message("", closing: "E260105CNY1,00"))?.contains("line 6, :62F:") == true)
    #expect(
      refusal(of: ":20:X\n:25:1\n-\n")?.contains(
        "line 1, :60F: the statement that begins here lacks this field") == true)
  }
}
