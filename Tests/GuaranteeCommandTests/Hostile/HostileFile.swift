/// Files as attackers make them, written piece by piece, so that the tests' own memory stays small.
struct HostileFile: Sendable, CustomStringConvertible {
  let name: String
  /// What is written, each text so many times.
  let pieces: [(text: String, count: Int)]

  var description: String { name }

  private init(_ name: String, _ pieces: (String, Int)...) {
    self.name = name
    self.pieces = pieces
  }

  /// What `bank import` is given.
  static let statements = [
    Self("bookings.xml", (camt.head, 1), (camt.entry, 30_000), (camt.end(closing: "400.00"), 1)),
    Self("bookings-too-many.xml", (camt.head, 1), (camt.entry, 40_000), (camt.end(closing: "500.00"), 1)),
    Self("names.xml", (camt.head, 1), ("<x a='1' b='2' c='3' d='4' e='5'/>", 80_000), ("</x>", 1)),
    Self("text.xml", (camt.head, 1), ("<Ntry><NtryRef>", 1), (long, 400)),
    Self("comment.xml", (camt.head, 1), ("<!--", 1), (long, 400)),
    Self("depth.xml", ("<a>", 1_000_000)),
    Self("pages.xml", (camt.start, 1), (camt.statement, 20_000), ("</BkToCstmrStmt></Document>", 1)),
    Self(
      "bookings.sta", (mt940, 1), (":61:260105C0,01NTRFNONREF\n:86:" + details + "\n", 25_000),
      (":62F:C260131CNY350,00\n", 1)),
    Self("fields.sta", (":20:X\n", 1), (":99:x\n", 1_000_000)),
    Self("line.sta", (mt940 + ":61:", 1), (long, 50)),
    Self(
      "digits.sta", (":20:X\n:25:1\n:28C:1\n:60F:C260101CNY", 1), (String(repeating: "9", count: 100_000), 10)
    ),
    Self("lines.sta", (mt940 + ":86:", 1), ("\n", 4_000_000)),
    Self("columns.csv", (table, 1), (",", 5_000_000)),
    Self("values.csv", (String(repeating: "a,", count: 90) + "a\n", 31_000)),
    Self("value.csv", (table + "\n", 1), (long, 50)),
    Self("quote.csv", (table + "\n\"", 1), (long, 50)),
    Self("rows.csv", (table + "\n", 1), ("2026-01-05,,1.00,,\n", 30_000)),
    Self("blank.csv", (table + "\n", 1), (",\n", 500_000)),
    Self("nul.csv", ("\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}", 700_000)),
    Self("endless.csv", (long, 1_000)),
  ]

  /// What `record` is given.
  static let events = [
    Self("value.csv", (header, 1), (long, 1_000)),
    Self("quote.csv", (header + "\"", 1), (long, 1_000)),
    Self("header.csv", ("key,", 1_000_000)),
    Self("names.csv", (String(repeating: "n", count: 1_000) + ",", 50_000)),
    Self("values.csv", (header, 1), (",", 4_000_000)),
    Self("wide.csv", (header, 1), (String(repeating: long.prefix(60_000) + ",", count: 5) + "\n", 60)),
    Self("depth.jsonl", ("{\"a\":", 1), ("[", 5_000_000)),
    Self("line.jsonl", ("{\"key\":\"", 1), (long, 200)),
    Self("members.jsonl", ("{", 1), ("\"key\":\"v\",", 2_000_000)),
    Self("number.jsonl", ("{\"key\":", 1), (String(repeating: "9", count: 100_000), 100)),
  ]

  /// What stands in the place of a file of a pack.
  static let packed = [
    Self("rules/events.csv", (String(repeating: "c,", count: 998) + "c\n", 3_800)),
    Self(
      "rules/events.csv", ("event,requires,optional\n", 1),
      ("e," + String(repeating: "a b c d ", count: 2_000) + ",\n", 60)),
    Self("rules/fields.csv", ("field,event,refers_to,adds_to\n", 1), ("a,b,,\n", 170_000)),
    Self(
      "rules/postings.csv", ("event,instrument,debit,credit\n", 1),
      ("receive_funds,,bank,guarantor_funds\n", 4_900)),
    Self("manifest.json", ("{\"a\":[", 1), ("0,", 1_900_000)),
    Self("manifest.json", ("{\"a\":[", 1), ("{},", 1_300_000), ("0]}", 1)),
    Self("manifest.json", ("{\"a\":", 1), ("[", 3_900_000)),
    Self("events.csv", (long, 1_000)),
    Self("attempts.csv", ("\"", 1), (long, 40), ("\",\"", 1), (long, 40), ("\",\"", 1), (long, 40)),
    Self("SHA256SUMS", ("x\n", 500_000)),
  ]

  private static let long = String(repeating: "x", count: 100_000)
  private static let header = "key,on,event,office,zone,instruments\n"
  private static let table = "交易日期,借方,贷方,余额,流水号"
  private static let mt940 = ":20:X\n:25:123\n:28C:1/1\n:60F:C260101CNY100,\n"
  private static let details = String(repeating: "?20abcdefghijklmnopqrstuvwxy", count: 6)
  private static let camt = Camt()

  /// A statement in ISO 20022's form.
  private struct Camt {
    let start = #"<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>"#
    let entry =
      "<Ntry><Amt Ccy=\"CNY\">0.01</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-01-05</Dt></BookgDt></Ntry>"
    var head: String {
      start + "<Stmt><Id>S1</Id><Acct><Id><Othr><Id>123</Id></Othr></Id><Ccy>CNY</Ccy></Acct>"
        + balance("OPBD", "100.00")
    }
    var statement: String {
      head.dropFirst(start.count) + balance("CLBD", "100.00") + "</Stmt>"
    }

    func end(closing: String) -> String {
      balance("CLBD", closing) + "</Stmt></BkToCstmrStmt></Document>"
    }

    private func balance(_ kind: String, _ amount: String) -> String {
      "<Bal><Tp><CdOrPrtry><Cd>\(kind)</Cd></CdOrPrtry></Tp><Amt Ccy=\"CNY\">\(amount)</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-31</Dt></Dt></Bal>"
    }
  }
}
