import Testing
import XMLReader

@testable import GuaranteeLedger

@Suite("Bank files that mean harm")
struct HostileFileTests {
  @Test("Entities that grow, or fetch something, are refused before any is read")
  func entities() {
    let bomb = (1...9).map { "<!ENTITY a\($0) \"\(String(repeating: "&a\($0 - 1);", count: 10))\">" }.joined()
    let declarations = [
      "<!DOCTYPE Document [<!ENTITY a0 \"ha\">\(bomb)]>",
      "<!DOCTYPE Document [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
      "<!DOCTYPE Document SYSTEM \"http://127.0.0.1/x.dtd\">",
      "<!DOCTYPE Document [<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]>",
    ]
    for declaration in declarations {
      let text = CamtTests.document(
        CamtTests.entry("1.00", "CRDT", "<NtryRef>&a9;&x;</NtryRef>"), closing: "101.00", before: declaration)
      #expect(refusal(of: text)?.contains("it has a DOCTYPE") == true)
    }
  }

  @Test("Elements within elements without end are refused")
  func depth() {
    let deep = String(repeating: "<a>", count: 5000)
    #expect(refusal(of: CamtTests.document(deep, closing: "100.00"))?.contains("within each other") == true)
  }

  @Test("A text without end is refused, and so is an entry of too many elements")
  func size() {
    let long = CamtTests.entry(
      "1.00", "CRDT", "<NtryRef>" + String(repeating: "x", count: 70_000) + "</NtryRef>")
    #expect(
      refusal(of: CamtTests.document(long, closing: "101.00"))?.contains("longer than 65536 bytes") == true)
    let wide = CamtTests.entry("1.00", "CRDT", String(repeating: "<x/>", count: 100_001))
    #expect(
      refusal(of: CamtTests.document(wide, closing: "101.00"))?.contains("more than 100000 elements") == true)
  }

  @Test(
    "What stands between entries, a token without end and a flood of lines are refused before they fill the memory"
  )
  func floods() {
    let junk = String(repeating: "<x/>", count: 60_000)
    let between = junk + CamtTests.entry("1.00") + junk
    #expect(
      refusal(of: CamtTests.document(between, closing: "101.00"))?.contains("more than 100000 elements")
        == true)
    let attribute = "<x y=\"" + String(repeating: "z", count: 3 << 20) + "\"/>"
    #expect(
      refusal(of: CamtTests.document(attribute, closing: "100.00"))?.contains("is longer than 1 MB") == true)
    let texts = String(repeating: "<x>" + String(repeating: "z", count: 60_000) + "</x>", count: 100)
    #expect(
      refusal(of: CamtTests.document(texts, closing: "100.00"))?.contains("more than 4 MB of text") == true)
    let lines = String(repeating: CamtTests.entry("0.01"), count: 30_001)
    #expect(
      refusal(of: CamtTests.document(lines, closing: "400.01"))?.contains("more than 30000 bookings") == true)
    let rows = String(repeating: "2026-01-05,,1.00,1.00,1\n", count: 30_100)
    #expect(refusal(of: "交易日期,借方,贷方,余额,流水号\n" + rows)?.contains("more than 30000 bookings") == true)
    let wide = "交易日期,借方,贷方,余额" + String(repeating: ",", count: 100)
    #expect(refusal(of: wide)?.contains("more than 100 values") == true)
    #expect(
      refusal(of: ":20:X\n" + String(repeating: "\n", count: 7 << 20))?.contains("more than 5 MB") == true)
    #expect(
      refusal(of: ":20:X\n:86:X\n" + String(repeating: "x\n", count: 1 << 20))?.contains(
        "more than 100 lines") == true)
  }

  @Test("A file cut anywhere is refused", arguments: ["january.camt.xml", "february.mt940"])
  func cut(_ name: String) throws {
    let bytes = try ExampleStatement.bytes(of: name)
    for end in stride(from: 0, to: bytes.count - 200, by: 97) {
      #expect(throws: BankFileError.self, "\(end)") { try statements(of: Array(bytes[..<end])) }
    }
  }

  @Test(
    "Any byte changed is read or refused, and never ends the program",
    arguments: [
      "january.camt.xml", "february.mt940", "february-list.gb18030.csv", "april.utf8.csv",
    ])
  func damaged(_ name: String) throws {
    let bytes = try ExampleStatement.bytes(of: name)
    var refused = 0
    for position in stride(from: 0, to: bytes.count, by: 13) {
      var damaged = bytes
      damaged[position] ^= 0x51
      do { _ = try statements(of: damaged) } catch is BankFileError { refused += 1 }
    }
    #expect(refused > 0)
  }

  @Test("XML is read in pieces, however it is cut")
  func pieces() throws {
    let text = Array("<a x='1'><b> t&#x4E2D;&amp; </b><b/></a>".utf8)
    for size in 1...text.count {
      var found: [String] = []
      let reader = try XMLReader { element, parents in
        found.append("\(parents.count)\(element.name)=\(element.text)")
        return false
      }
      for start in stride(from: 0, to: text.count, by: size) {
        try reader.read(text[start..<min(start + size, text.count)], isLast: false)
      }
      try reader.read([], isLast: true)
      #expect(found == ["1b=t中&", "1b=", "0a="])
    }
  }
}
