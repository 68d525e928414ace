import GuaranteeLedger
import Testing

@Suite("Money")
struct MoneyTests {
  private func yuan(_ text: String) throws -> Money { try #require(Money(text, .cny), "\(text)") }

  @Test(
    "What the ledger writes comes back as it was written",
    arguments: [
      "0", "0.00", "1200000.00", "-0.01", "-1200000.00", "9223372036854775807.99",
      "-170141183460469231731687303715884105727", "0.000000000000000001",
    ])
  func text(_ text: String) throws {
    #expect(try yuan(text).text == text)
    #expect(try yuan(text).description == text + " CNY")
  }

  @Test(
    "Anything else is no money",
    arguments: [
      "", "-", "+1", "1.", ".5", "--1", "1e3", "1,000.00", "1 000", " 1", "1.2.3", "NaN", "Infinity", "١",
      "170141183460469231731687303715884105728", "0.0000000000000000001",
    ])
  func unreadable(_ text: String) {
    #expect(Money(text, .cny) == nil)
  }

  @Test("Trailing decimals don't make another sum, and a currency does")
  func equality() throws {
    #expect(try yuan("1.5") == yuan("1.50"))
    #expect(try Set([yuan("1.5"), yuan("1.50"), yuan("-1.5")]).count == 2)
    #expect(try yuan("1.5") != #require(Money("1.5", .usd)))
  }

  @Test("Sums and differences are exact, whatever the decimals, and may fall below zero")
  func arithmetic() throws {
    #expect(try yuan("0.1") + yuan("0.20") == yuan("0.30"))
    #expect(try yuan("0.1") - yuan("0.25") == yuan("-0.15"))
    let large = try yuan("9223372036854775807")
    #expect(try (large + large).text == "18446744073709551614")
    #expect(try Money.zero(in: .cny) + large == large)
  }

  @Test("What has no answer is an error: two currencies, and more than there is room for")
  func errors() throws {
    let dollar = try #require(Money("1.00", .usd))
    let one = try yuan("1.00")
    let most = try yuan("170141183460469231731687303715884105727")
    #expect(throws: MoneyError.differentCurrencies(.cny, .usd)) { try one + dollar }
    #expect(throws: MoneyError.differentCurrencies(.cny, .usd)) { try one - dollar }
    #expect(throws: MoneyError.differentCurrencies(.cny, .usd)) { try one < dollar }
    #expect(throws: MoneyError.differentCurrencies(.usd, .cny)) { try dollar >= one }
    #expect(throws: MoneyError.overflow) { try most + yuan("1") }
    #expect(throws: MoneyError.overflow) { try yuan("0.01") + most }
    #expect(throws: MoneyError.overflow) { try (Money.zero(in: .cny) - most) - most }
  }

  @Test("Within a currency sums have an order")
  func order() throws {
    let sorted = try ["-2", "-1.50", "-0.01", "0", "0.01", "1.49", "1.5", "20"].map { try yuan($0) }
    for (index, left) in sorted.enumerated() {
      for (other, right) in sorted.enumerated() {
        #expect(try (left < right) == (index < other))
        #expect(try (left > right) == (index > other))
        #expect(try (left <= right) == (index <= other))
        #expect(try (left >= right) == (index >= other))
      }
    }
    #expect(try yuan("170141183460469231731687303715884105727") > yuan("1.000000000000000001"))
  }

  @Test("An event takes what is not below zero and has room in 64 bits")
  func amounts() throws {
    #expect(try yuan("1200000.00").amount?.description == "1200000.00")
    #expect(try yuan("-0.01").amount == nil)
    #expect(try yuan("9223372036854775808").amount == nil)
    #expect(Money(try #require(Amount("12.50")), .cny) == (try yuan("12.5")))
    #expect(try yuan("-1").isNegative && !yuan("-1").isZero && yuan("0.00").isZero)
    #expect(Money(digits: 1, decimals: 19, currency: .cny) == nil)
  }

  @Test("A currency knows its decimals when the rules do")
  func currencies() {
    #expect(Currency.cny.minorDigits == 2 && Currency.jpy.minorDigits == 0)
    #expect(Currency(rawValue: "???").minorDigits == nil)
    #expect(Currency.known.count > 100 && Currency.known.allSatisfy { $0.minorDigits != nil })
  }
}
