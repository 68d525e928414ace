import Crypto

/// Hashes each event, or refused attempt, with the hash before it, as the ledger does.
struct EventChain {
  /// A member of the canonical bytes: `"name": ` and what decides whether it is there.
  private struct Member {
    let column: Int
    let prefix: [UInt8]
    /// The column that has to have something for the member to be there; `nil` for one that is always there.
    let condition: Int?
    /// Whether the cell is JSON already.
    let isJSON: Bool
  }

  private let members: [Member]
  private let hash: Int
  private var text: [UInt8] = []
  /// The hash that the next event's follows from.
  private(set) var head = EventChain.start

  static let start = [UInt8](repeating: 0, count: 32)

  init(_ table: PackTable) {
    hash = table.index(of: "hash") ?? 0
    // As jsonb sorts them: the shorter name first, those of one length by their bytes.
    let names = table.columns.filter { $0 != "hash" }.sorted {
      ($0.utf8.count, $0) < ($1.utf8.count, $1)
    }
    members = names.map { name in
      let deciding = ["stage_from": "stage_to", "lot_from": "lot_to"][name] ?? name
      return Member(
        column: table.index(of: name) ?? 0,
        prefix: Array("\"\(name)\": \(name == "fields" ? "" : "\"")".utf8),
        condition: name == "office" ? nil : table.index(of: deciding), isJSON: name == "fields")
    }
  }

  mutating func begin() { head = Self.start }

  /// Goes on from an event that has this hash.
  mutating func goOn(from hash: [UInt8]) { head = hash }

  /// Takes the next event.
  ///
  /// - Returns: the hash that it should have, when it has another.
  mutating func take(_ cells: PackCells) -> String? {
    writeText(cells)
    var hasher = SHA256()
    head.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    text.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    let wanted = Array(hasher.finalize())
    let found = Self.bytes(of: cells[hash])
    // Going on from what it says, so that what follows is judged by itself.
    head = found ?? wanted
    return found == wanted ? nil : hexadecimal(wanted)
  }

  private mutating func writeText(_ cells: PackCells) {
    text.removeAll(keepingCapacity: true)
    text.append(UInt8(ascii: "{"))
    for member in members {
      if let condition = member.condition, cells.isEmpty(condition) { continue }
      if text.count > 1 {
        text.append(UInt8(ascii: ","))
        text.append(UInt8(ascii: " "))
      }
      text.append(contentsOf: member.prefix)
      if member.isJSON {
        text.append(contentsOf: cells[member.column])
      } else {
        appendEscaped(cells[member.column])
        text.append(UInt8(ascii: "\""))
      }
    }
    text.append(UInt8(ascii: "}"))
  }

  private mutating func appendEscaped(_ value: Slice<UnsafeBufferPointer<UInt8>>) {
    if value.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
      text.append(contentsOf: value)
      return
    }
    for byte in value {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
      case 0x08: text += Array("\\b".utf8)
      case 0x0C: text += Array("\\f".utf8)
      case 0x0A: text += Array("\\n".utf8)
      case 0x0D: text += Array("\\r".utf8)
      case 0x09: text += Array("\\t".utf8)
      case ..<0x20: text += Array(("\\u00" + hexadecimal([byte])).utf8)
      default: text.append(byte)
      }
    }
  }

  /// 64 lower-case digits as bytes; `nil` for anything else.
  static func bytes(of digits: some Collection<UInt8>) -> [UInt8]? {
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    var high: UInt8?
    for digit in digits {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      default: return nil
      }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return bytes
  }
}
