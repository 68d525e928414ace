import Testing

@testable import GuaranteeLedger

@Suite("camt.053")
struct CamtTests {
  /// A statement of one page with these entries.
  static func document(
    _ entries: String, opening: String = "100.00", closing: String, version: String = "053.001.08",
    before: String = ""
  ) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    \(before)<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.\(version)"><BkToCstmrStmt><Stmt><Id>S-1</Id>
    <Acct><Id><IBAN>DE02 1203 0000 0000 2020 51</IBAN></Id><Ccy>EUR</Ccy></Acct>
    <Bal><Tp><CdOrPrtry><Cd>PRCD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">\(opening)</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-04</Dt></Dt></Bal>
    <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">\(closing)</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-05</Dt></Dt></Bal>
    \(entries)
    </Stmt></BkToCstmrStmt></Document>
    """
  }

  static func entry(_ amount: String, _ side: String = "CRDT", _ more: String = "", currency: String = "EUR")
    -> String
  {
    """
    <Ntry><Amt Ccy="\(currency)">\(amount)</Amt><CdtDbtInd>\(side)</CdtDbtInd><Sts>BOOK</Sts>
    <BookgDt><Dt>2026-01-05</Dt></BookgDt><ValDt><DtTm>2026-01-06T00:00:00Z</DtTm></ValDt>\(more)</Ntry>
    """
  }

  @Test("Pages become one statement, in whatever order their files come")
  func pages() throws {
    let pages = ["january.camt.xml", "january-2.camt.xml"]
    for names in [pages, pages.reversed(), pages + pages] {
      var files = BankFiles()
      for name in names { try files.read(ExampleStatement.bytes(of: name), named: name) }
      let statement = try #require(try files.statements().first)
      #expect(statement.name == "2026-JAN-1" && statement.account == "3803021019200112345")
      #expect(statement.opening.description == "500000.00 CNY" && statement.closing.text == "2237068.50")
      // Two of a bundle; what is pending is none.
      #expect(statement.lines.count == 14)
      #expect(Set(statement.lines.map(\.reference)).count == 14)
    }
  }

  @Test("A page alone is no statement")
  func missingPage() throws {
    var files = BankFiles()
    try files.read(ExampleStatement.bytes(of: "january.camt.xml"), named: "a.xml")
    let error = #expect(throws: BankFileError.self) { try files.statements() }
    #expect(error?.reason.contains("behind page 1 are missing") == true)
    files = BankFiles()
    try files.read(ExampleStatement.bytes(of: "january-2.camt.xml"), named: "a.xml")
    #expect(throws: BankFileError.self) { try files.statements() }
  }

  @Test("A line knows its sides, its days and everything that may be the payment's reference")
  func line() throws {
    let details = """
      <AcctSvcrRef>BANK-1</AcctSvcrRef><RvslInd>true</RvslInd><NtryDtls><TxDtls>
      <Refs><MsgId>M-1</MsgId><InstrId>I-1</InstrId><EndToEndId>E-1</EndToEndId><TxId>NOTPROVIDED</TxId><Prtry><Tp>x</Tp><Ref>P-1</Ref></Prtry></Refs>
      <RltdPties><Dbtr><Nm>Other</Nm></Dbtr><Cdtr><Nm>Payee &amp; Co</Nm></Cdtr><CdtrAcct><Id><IBAN>FR76 3000</IBAN></Id></CdtrAcct></RltdPties>
      <RmtInf><Ustrd>invoice R-77</Ustrd><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>
      </TxDtls></NtryDtls>
      """
    let text = Self.document(Self.entry("40.00", "DBIT", details), closing: "60.00", version: "053.001.02")
    let statement = try #require(try statements(in: text).first)
    #expect(statement.account == "DE02120300000000202051" && statement.currency == .eur)
    let line = try #require(statement.lines.first)
    #expect(line.amount.text == "-40.00" && line.isReversal && line.reference == "BANK-1")
    #expect(line.bookedOn.description == "2026-01-05" && line.valueOn.description == "2026-01-06")
    #expect(line.references == ["BANK-1", "E-1", "I-1", "M-1", "P-1", "invoice R-77", "RF18539007547034"])
    #expect(line.counterparty == "Payee & Co" && line.counterpartyAccount == "FR763000")
    #expect(line.purpose == "invoice R-77")
  }

  @Test("Charges, returns and payments in other currencies are told")
  func payments() throws {
    let returned = """
      <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>RRTN</SubFmlyCd></Fmly></Domn></BkTxCd>
      <NtryDtls><TxDtls><Refs><EndToEndId>RF-1</EndToEndId></Refs><RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls></NtryDtls>
      """
    let charged = """
      <Chrgs><Rcrd><Amt Ccy="EUR">1.50</Amt></Rcrd><Rcrd><Amt Ccy="EUR">0.50</Amt></Rcrd></Chrgs><NtryDtls><TxDtls>
      <Refs><EndToEndId>US-1</EndToEndId></Refs><AmtDtls><InstdAmt><Amt Ccy="USD">11.00</Amt></InstdAmt>
      <TxAmt><Amt Ccy="EUR">10.00</Amt></TxAmt></AmtDtls></TxDtls></NtryDtls>
      """
    let text = CamtTests.document(
      Self.entry("5.00", "CRDT", returned) + Self.entry("8.00", "CRDT", charged), closing: "113.00")
    let lines = try #require(try statements(in: text).first).lines
    #expect(lines[0].isReturn && !lines[0].isReversal && lines[1].charges?.text == "2.00")
    #expect(lines[1].amount.description == "8.00 EUR" && lines[1].references == ["US-1"])
    // A bundle of payments in another currency is the one line that the account was booked with.
    let part = #"<TxDtls><Refs><EndToEndId>P</EndToEndId></Refs><Amt Ccy="USD">4.00</Amt></TxDtls>"#
    let bundle = Self.entry("7.20", "CRDT", "<NtryDtls>\(part)\(part)</NtryDtls>")
    #expect(try statements(in: Self.document(bundle, closing: "107.20"))[0].lines.count == 1)
  }

  @Test("A statement that does not add up is refused where it says what it closes with")
  func sum() {
    #expect(
      refusal(of: Self.document(Self.entry("1.00"), closing: "101.01"))
        == "file, line 5, Stmt/Bal (CLBD): the statement does not add up: with its 1 lines 100.00 becomes 101.00, and it closes with 101.01. Lines may be missing: ask the bank for the whole statement."
    )
  }

  @Test("A bundle whose parts don't come to its amount stays one line")
  func bundle() throws {
    let part = "<TxDtls><Refs><EndToEndId>X</EndToEndId></Refs><Amt Ccy=\"EUR\">10.00</Amt></TxDtls>"
    let entry = Self.entry("25.00", "CRDT", "<NtryDtls>\(part)\(part)</NtryDtls>")
    #expect(try statements(in: Self.document(entry, closing: "125.00"))[0].lines.count == 1)
    let whole = Self.entry("20.00", "CRDT", "<NtryDtls>\(part)\(part)</NtryDtls>")
    let lines = try statements(in: Self.document(whole, closing: "120.00"))[0].lines
    #expect(lines.map(\.amount.text) == ["10.00", "10.00"] && lines[0].reference != lines[1].reference)
  }

  @Test(
    "What is wrong is named with its line and element",
    arguments: [
      (entry("1,00"), "line 6, Ntry/Amt: '1,00' is no amount"),
      (entry("-1.00"), "line 6, Ntry/Amt: '-1.00' is no amount"),
      (entry("1.005"), "line 6, Ntry/Amt: '1.005' has more decimals than EUR has"),
      (entry("1.00", "BOTH"), "line 6, Ntry/CdtDbtInd: it must say CRDT or DBIT, and says 'BOTH'"),
      (entry("1.00", currency: "USD"), "line 6, Ntry/Amt/@Ccy: the entry is in USD and the account in EUR"),
      (entry("1.00", currency: "XXQ"), "line 6, Ntry/Amt/@Ccy: 'XXQ' is no currency that is known"),
      (entry("1.00").replacing("2026-01-05", with: "2026-02-30"), "line 7, Dt: '2026-02-30' is no date"),
      ("<Ntry></Stmt>", "line 6: it is no XML (mismatched tag)"),
    ])
  func mistakes(_ entry: String, _ reason: String) {
    #expect(refusal(of: Self.document(entry, closing: "101.00")) == "file, \(reason).")
  }

  @Test("Other messages and other documents are told apart")
  func others() {
    let camt052 = Self.document("", closing: "100.00", version: "052.001.08")
    #expect(refusal(of: camt052)?.contains("no camt.053 statement") == true)
    #expect(
      refusal(of: "<html><body>Session expired</body></html>")?.contains("no camt.053 statement") == true)
    #expect(refusal(of: "<") != nil)
    #expect(refusal(of: "") == "file: the file is empty.")
  }
}
