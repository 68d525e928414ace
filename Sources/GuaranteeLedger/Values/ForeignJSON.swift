import FoundationEssentials

/// JSON from files that anybody may have written.
package enum ForeignJSON {
  /// Reading takes memory for each value, however short: more of them are no manifest, receipt or profile.
  static let mostValues = 200_000

  /// Reads a value.
  ///
  /// - Throws: `TooManyValues`, or what the decoder throws for what is no JSON of that kind.
  package static func read<Value: Decodable>(
    _ bytes: [UInt8], as type: Value.Type = Value.self
  ) throws -> Value {
    guard mayHaveFewValues(bytes) else { throw TooManyValues() }
    return try JSONDecoder().decode(type, from: Data(bytes))
  }

  package struct TooManyValues: Error {}

  /// Every value stands behind one of these, outside of texts.
  private static func mayHaveFewValues(_ bytes: [UInt8]) -> Bool {
    var count = 0
    var isText = false
    var isEscaped = false
    for byte in bytes {
      if isEscaped {
        isEscaped = false
        continue
      }
      switch byte {
      case UInt8(ascii: "\\"): isEscaped = isText
      case UInt8(ascii: "\""): isText.toggle()
      case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "{"):
        if !isText { count += 1 }
      default: break
      }
    }
    return count <= mostValues
  }
}
