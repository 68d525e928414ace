import Foundation
import Testing

@testable import GuaranteeCommand

@Suite("JSON")
struct JSONWriterTests {
  private let columns = [
    OutputColumn("key"), OutputColumn("amount", .amount), OutputColumn("days", .integer),
    OutputColumn("worked", .boolean),
  ]

  private func written(_ rows: [[String?]]) throws -> String {
    try captured { sink in
      var writer = try JSONWriter(columns, to: sink)
      for row in rows { try writer.write(row) }
      try writer.finish()
    }
  }

  @Test("Amounts are strings, days are numbers, what is not there is null")
  func kinds() throws {
    #expect(
      try written([["K", "1200000.00", "-3", "true"], [nil, nil, nil, "false"]]) == """
        [
        {"key":"K","amount":"1200000.00","days":-3,"worked":true},
        {"key":null,"amount":null,"days":null,"worked":false}
        ]

        """)
  }

  @Test("Without rows there is an empty array")
  func empty() throws {
    #expect(try written([]) == "[]\n")
  }

  @Test("Any text comes back as it was")
  func anyText() throws {
    let text = "\"quoted\" \\ \u{0} \u{1B}[31m \n\r\t\u{7F}\u{2028} 鲁02知民初118号 😀"
    let data = Data(try written([[text, nil, nil, nil]]).utf8)
    let parsed = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    #expect(parsed.first?["key"] as? String == text)
  }
}
