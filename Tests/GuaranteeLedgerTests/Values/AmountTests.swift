import GuaranteeLedger
import Testing

@Suite("Amounts")
struct AmountTests {
  @Test(
    "The same text comes back",
    arguments: ["0", "1", "1200000.00", "0.05", "0.00", "9223372036854775807", "92233720368547758.07", "007"])
  func roundTrip(_ text: String) throws {
    let amount = try #require(Amount(text))
    #expect(amount.description == (text == "007" ? "7" : text))
  }

  @Test(
    "What is no amount is none",
    arguments: [
      "", ".", "1.", ".5", "-1", "+1", "1e3", "1,000", " 1", "1 ", "1.2.3", "٣", "１", "0x10", "NaN",
      "9223372036854775808", "92233720368547758070", "0.0000000000000000001",
    ])
  func refuses(_ text: String) {
    #expect(Amount(text) == nil)
  }

  @Test("Amounts compare by what they are worth, whatever their decimals")
  func compares() throws {
    let texts = [
      "0", "0.05", "0.5", "1", "1.01", "1.1", "9.99", "10", "92233720368547758.07", "9223372036854775807",
    ]
    let amounts = try texts.map { try #require(Amount($0)) }
    for (i, left) in amounts.enumerated() {
      for (j, right) in amounts.enumerated() {
        #expect((left < right) == (i < j))
        #expect((left == right) == (i == j))
      }
    }
    #expect(Amount("1.5") == Amount("1.50"))
    #expect(Amount("1.5").hashValue == Amount("1.500").hashValue)
  }

  @Test("Digits and decimals make an amount within bounds only")
  func digits() {
    #expect(Amount(digits: 120_000_000, decimals: 2)?.description == "1200000.00")
    #expect(Amount(digits: 5, decimals: 3)?.description == "0.005")
    #expect(Amount(digits: -1, decimals: 0) == nil)
    #expect(Amount(digits: 1, decimals: -1) == nil)
    #expect(Amount(digits: 1, decimals: 19) == nil)
  }
}
