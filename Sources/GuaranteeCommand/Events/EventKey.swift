import GuaranteeLedger

/// Keys for events that come without one.
enum EventKey {
  /// Letters and digits that are not mistaken for each other.
  private static let alphabet = Array("23456789abcdefghjkmnpqrstuvwxyz")
  private static let longest = 64

  /// A new key that says what it is for: the event's name and 60 random bits.
  static func new(for name: String) -> String {
    var random = SystemRandomNumberGenerator()
    let suffix = String((0..<12).map { _ in alphabet.randomElement(using: &random) ?? "2" })
    return String(name.prefix(longest - 13)) + "-" + suffix
  }

  /// The key that the same event always gets, so that recording it a second time changes nothing.
  static func derived(from event: Event) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    let fields = event.fields.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
    for byte in ([event.name, event.on] + fields).joined(separator: "\0").utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    return String(event.name.prefix(longest - 17)) + "-" + String(repeating: "0", count: 16 - digits.count)
      + digits
  }
}
