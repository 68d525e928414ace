/// Events gathered for one call, as the JSON array that the database takes.
package struct EventBatch: Sendable {
  /// How many events there are.
  package private(set) var count = 0
  private var bytes: [UInt8] = [UInt8(ascii: "[")]
  /// How long the events are as JSON.
  var byteCount: Int { bytes.count }

  package init() {}

  /// The events as JSON: objects whose values are all strings, with empty ones left out.
  package var json: String { String(decoding: bytes, as: UTF8.self) + "]" }

  package mutating func append(_ event: Event) {
    begin()
    for (name, value) in event.fields where !value.isEmpty { appendMember(name, value) }
    // Behind the fields, so that a field called as one of these can't take its place.
    if !event.key.isEmpty { appendMember("key", event.key) }
    if !event.on.isEmpty { appendMember("on", event.on) }
    if !event.name.isEmpty { appendMember("event", event.name) }
    end()
  }

  package mutating func append(_ row: EventRow) {
    begin()
    for index in row.ends.indices {
      let range = row.range(at: index)
      guard !range.isEmpty, let prefix = row.shape.jsonPrefixes[index] else { continue }
      bytes.append(contentsOf: prefix)
      bytes.appendEscaped(row.bytes, in: range)
      bytes.append(contentsOf: Self.memberEnd)
    }
    end()
  }

  private static let memberMiddle: [UInt8] = [UInt8(ascii: "\""), UInt8(ascii: ":"), UInt8(ascii: "\"")]
  private static let memberEnd: [UInt8] = [UInt8(ascii: "\""), UInt8(ascii: ",")]

  private mutating func begin() {
    bytes.append(contentsOf: count == 0 ? [UInt8(ascii: "{")] : [UInt8(ascii: ","), UInt8(ascii: "{")])
    count += 1
  }

  private mutating func end() {
    if bytes.last == UInt8(ascii: ",") { bytes.removeLast() }
    bytes.append(UInt8(ascii: "}"))
  }

  private mutating func appendMember(_ name: String, _ value: String) {
    bytes.append(UInt8(ascii: "\""))
    bytes.appendEscaped(name)
    bytes.append(contentsOf: Self.memberMiddle)
    bytes.appendEscaped(value)
    bytes.append(contentsOf: Self.memberEnd)
  }
}

extension [String] {
  /// The texts as a JSON array of strings.
  var jsonArray: String {
    var bytes: [UInt8] = []
    for text in self {
      bytes.append(contentsOf: [bytes.isEmpty ? UInt8(ascii: "[") : UInt8(ascii: ","), UInt8(ascii: "\"")])
      bytes.appendEscaped(text)
      bytes.append(UInt8(ascii: "\""))
    }
    return isEmpty ? "[]" : String(decoding: bytes, as: UTF8.self) + "]"
  }
}

extension Dictionary where Key == String, Value: CustomStringConvertible {
  /// The values' texts as a JSON object of strings.
  var jsonObject: String {
    var bytes: [UInt8] = []
    for (name, value) in self {
      bytes.append(bytes.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
      for (text, end) in [(name, UInt8(ascii: ":")), (value.description, nil)] {
        bytes.append(UInt8(ascii: "\""))
        bytes.appendEscaped(text)
        bytes.append(UInt8(ascii: "\""))
        if let end { bytes.append(end) }
      }
    }
    return isEmpty ? "{}" : String(decoding: bytes, as: UTF8.self) + "}"
  }
}

extension [UInt8] {
  /// Appends text as the inside of a JSON string.
  mutating func appendEscaped(_ text: String) {
    guard text.utf8.contains(where: Self.isEscaped) else { return append(contentsOf: text.utf8) }
    let text = [UInt8](text.utf8)
    appendEscaped(text, in: text.indices)
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  /// Appends text as the inside of a JSON string.
  mutating func appendEscaped(_ text: [UInt8], in range: Range<Int>) {
    var start = range.lowerBound
    for index in range {
      let byte = text[index]
      guard Self.isEscaped(byte) else { continue }
      append(contentsOf: text[start..<index])
      start = index + 1
      if byte < 0x20 {
        append(contentsOf: "\\u00".utf8)
        append(Self.hexadecimal[Int(byte >> 4)])
        append(Self.hexadecimal[Int(byte & 15)])
      } else {
        append(UInt8(ascii: "\\"))
        append(byte)
      }
    }
    append(contentsOf: text[start..<range.upperBound])
  }

  private static let hexadecimal = Array("0123456789abcdef".utf8)
}
