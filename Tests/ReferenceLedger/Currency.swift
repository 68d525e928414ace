/// Money in a currency's minor units. Amounts fit 64 bits; sums of them have room for more.
package typealias Minor = Int128

/// ISO 4217: the codes in use and how many decimals each has.
package enum Currency {
  private static let minorDigits: [String: Int] = {
    let byDigits: [(Int, String)] = [
      (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
      (3, "BHD IQD JOD KWD LYD OMR TND"),
      (4, "CLF UYW"),
      (
        2,
        """
        AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN \
        BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP \
        GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP \
        LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR \
        NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN \
        SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
        """
      ),
    ]
    var digits: [String: Int] = [:]
    for (count, codes) in byDigits { for code in codes.words { digits[code] = count } }
    return digits
  }()

  /// Nil if no such currency is in use.
  package static func minorDigits(of code: String) -> Int? { minorDigits[code] }

  /// Reads decimal text; nil unless it is digits with at most so many decimals that fit 64 bits.
  package static func minorUnits(_ text: String, digits: Int) -> Minor? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }),
      parts.count == 1 || parts[1].utf8.count <= digits
    else { return nil }
    let decimals = parts.count == 2 ? String(parts[1]) : ""
    let padded = parts[0] + decimals + String(repeating: "0", count: digits - decimals.utf8.count)
    return Int64(padded).map { Minor($0) }
  }

  /// Decimal text with all the currency's decimals.
  package static func text(_ amount: Minor, _ currency: String) -> String {
    let digits = minorDigits[currency] ?? 0
    var text = String(amount.magnitude)
    if digits > 0 {
      text = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
      text.insert(".", at: text.index(text.endIndex, offsetBy: -digits))
    }
    return (amount < 0 ? "-" : "") + text
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
