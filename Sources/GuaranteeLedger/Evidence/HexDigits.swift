extension Sequence<UInt8> {
  /// Two lower-case hexadecimal digits for each byte.
  var hexDigits: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

extension [UInt8] {
  /// Reads lower-case hexadecimal digits; `nil` unless there are two for each of so many bytes.
  init?(hexDigits digits: some Collection<UInt8>, count wanted: Int) {
    guard digits.count == 2 * wanted else { return nil }
    var areDigits = true
    self.init(unsafeUninitializedCapacity: wanted) { bytes, count in
      var index = digits.startIndex
      func next() -> UInt8 {
        defer { digits.formIndex(after: &index) }
        let value = Self.value(of: digits[index])
        areDigits = areDigits && value < 16
        return value & 15
      }
      for place in 0..<wanted { bytes[place] = next() << 4 | next() }
      count = wanted
    }
    if !areDigits { return nil }
  }

  init?(hexDigits text: some StringProtocol, count: Int) { self.init(hexDigits: text.utf8, count: count) }

  /// 16 or more for what is no digit.
  private static func value(of digit: UInt8) -> UInt8 {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: 255
    }
  }
}
