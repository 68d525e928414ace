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
}
