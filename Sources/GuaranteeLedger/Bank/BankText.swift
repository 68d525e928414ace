/// Turns a bank's bytes into UTF-8.
enum BankText {
  /// The most bytes that a table or a message may have, which are read as a whole.
  static let mostBytes = 5 << 20
  /// The most bytes that a document may have, which is read in pieces.
  static let mostXMLBytes = 128 << 20

  /// What the lines of a file may come to: as much as the memory of a small machine bears.
  struct Limits {
    static let mostLines = 30_000
    static let mostBytes = 6 << 20

    private var lines = 0
    private var bytes = 0

    mutating func count(_ line: BankLine) throws(BankFileProblem) {
      lines += 1
      bytes += line.textBytes
      guard lines <= Self.mostLines else { throw Self.tooMany(line.place) }
      guard bytes <= Self.mostBytes else {
        throw BankFileProblem(
          line.place,
          "the bookings until here have more than \(Self.mostBytes >> 20) MB of text; take fewer days")
      }
    }

    static func tooMany(_ place: Int) -> BankFileProblem {
      BankFileProblem(place, "the file has more than \(mostLines) bookings; take fewer days")
    }
  }

  /// The lines with their numbers from 1, whatever ends them.
  static func lines(of bytes: [UInt8]) -> some Sequence<(place: Int, line: String)> {
    var position = 0
    var place = 0
    return AnyIterator {
      guard position < bytes.count else { return nil }
      let end = bytes[position...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
      let line = String(decoding: bytes[position..<end], as: UTF8.self)
      position = end + (bytes[end...].starts(with: [0x0D, 0x0A]) ? 2 : 1)
      place += 1
      return (place, line)
    }
  }

  /// The bytes as UTF-8 without a byte order mark: as they are when they are UTF-8, else read as GB 18030.
  ///
  /// - Parameter encoding: What they are, when it is known: `utf-8` or `gb18030`.
  static func utf8(_ bytes: [UInt8], encoding: String? = nil) throws(BankFileProblem) -> [UInt8] {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if bytes.starts(with: mark) { return try checked(Array(bytes.dropFirst(mark.count))) }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw BankFileProblem(1, "the file is UTF-16; save it as UTF-8 or GB 18030")
    }
    switch encoding {
    case "utf-8"?: return try checked(bytes)
    case "gb18030"?: return try converted(bytes)
    default: return firstFault(in: bytes[...]) == nil ? bytes : try converted(bytes)
    }
  }

  private static func checked(_ bytes: [UInt8]) throws(BankFileProblem) -> [UInt8] {
    guard let fault = firstFault(in: bytes[...]) else { return bytes }
    throw BankFileProblem(line(of: fault, in: bytes), "here is a byte that is not UTF-8")
  }

  /// What was GB 18030 as UTF-8.
  private static func converted(_ bytes: [UInt8]) throws(BankFileProblem) -> [UInt8] {
    guard let conversion = GB18030() else {
      throw BankFileProblem(nil, "this system can't read GB 18030; save the file as UTF-8")
    }
    let (text, rest, _) = conversion.utf8(of: bytes)
    guard rest.isEmpty else {
      throw BankFileProblem(
        line(of: rest.startIndex, in: bytes), "here is a byte that is neither UTF-8 nor GB 18030")
    }
    return text
  }

  private static func line(of offset: Int, in bytes: [UInt8]) -> Int {
    bytes[..<offset].count { $0 == UInt8(ascii: "\n") } + 1
  }
}
