/// How far somebody has followed the journal: the last sequence number seen of each office.
///
/// Its text, such as `:8@5d0a1c22,HARBIN:40@9f3c01ab`, is for keeping: in a file, in a database, on a command line.
/// Following from it goes on with the first event after it in every office, and all of those that it does not
/// name. Behind an office's number stand the first digits of that event's hash, by which a journal is found out that has
/// another event there; a number alone will do as well.
public struct FeedPosition: Sendable, Hashable {
  private struct Seen: Hashable {
    var sequence: Int64
    /// The beginning of the event's hash; `nil` when it is not known.
    var mark: String?

    /// As it stands behind the office.
    var text: String { "\(sequence)" + (mark.map { "@" + $0 } ?? "") }
  }

  private var seen: [String: Seen] = [:]

  /// Before the first event of every office.
  public static let beginning = FeedPosition()

  /// Before the first event of every office.
  public init() {}

  /// The last sequence number seen of an office; 0 when there was none.
  public subscript(office: String) -> Int64 {
    get { seen[office]?.sequence ?? 0 }
    set { if newValue != self[office] { seen[office] = newValue > 0 ? Seen(sequence: newValue) : nil } }
  }

  /// The offices of which something was seen, sorted; the empty one is the register.
  public var offices: [String] { seen.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

  /// Takes note of an event that was seen.
  public mutating func advance(past position: EventPosition) {
    self[position.office] = max(self[position.office], position.sequence)
  }

  /// Takes note of an event that was seen.
  public mutating func advance(past event: RecordedEvent) {
    guard event.position.sequence >= self[event.position.office] else { return }
    seen[event.position.office] = Seen(sequence: event.position.sequence, mark: event.mark)
  }

  /// Whether an event was seen already.
  public func includes(_ position: EventPosition) -> Bool { position.sequence <= self[position.office] }

  /// Whether all was seen that another position has seen.
  public func includes(_ other: FeedPosition) -> Bool {
    other.seen.allSatisfy { $0.value.sequence <= self[$0.key] }
  }

  /// The sequence numbers as the database takes them.
  var json: String { seen.mapValues(\.sequence).jsonObject }

  /// The sequence numbers with the marks that are known, as the database takes them.
  var markedJSON: String { seen.mapValues(\.text).jsonObject }
}

extension FeedPosition: LosslessStringConvertible {
  /// Reads what `description` gives; `nil` for anything else, such as an office that is named twice.
  public init?(_ description: String) {
    if description.isEmpty { return }
    for part in description.split(separator: ",", omittingEmptySubsequences: false) {
      guard let colon = part.utf8.firstIndex(of: UInt8(ascii: ":")),
        let office = Self.unescaped(part[..<colon]), seen[office] == nil,
        let last = part[part.utf8.index(after: colon)...].wholeMatch(of: /([0-9]+)(?:@([0-9a-f]{8}))?/),
        let sequence = Int64(last.1), sequence > 0
      else { return nil }
      seen[office] = Seen(sequence: sequence, mark: last.2.map(String.init))
    }
  }

  /// Each office with its number and mark, as `OFFICE:NUMBER@MARK`, sorted and with commas between; empty at the beginning.
  /// What in an office's code a shell or this text could take for something else is written as `%` and its
  /// two hexadecimal digits.
  public var description: String {
    offices.map { "\(Self.escaped($0)):\(seen[$0]?.text ?? "")" }.joined(separator: ",")
  }

  private static func escaped(_ office: String) -> String {
    var text: [UInt8] = []
    for byte in office.utf8 {
      if isPlain(byte), !(byte == UInt8(ascii: "-") && text.isEmpty) {
        text.append(byte)
      } else {
        text += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func unescaped(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2).compactMap { hexadecimal.firstIndex(of: $0) }
      guard digits.count == 2 else { return nil }
      bytes.append(UInt8(digits[0] << 4 | digits[1]))
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), 0x80...:
      true
    default: false
    }
  }

  private static let hexadecimal = Array("0123456789ABCDEF".utf8)
}

extension FeedPosition: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let position = FeedPosition(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "This is no position of a feed.")
    }
    self = position
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
