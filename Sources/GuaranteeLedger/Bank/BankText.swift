import Glibc

/// Turns a bank's bytes into UTF-8.
enum BankText {
  /// The most bytes that a file may have.
  static let mostBytes = 256 << 20

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

  /// What was GB 18030 as UTF-8, by the C library's tables.
  private static func converted(_ bytes: [UInt8]) throws(BankFileProblem) -> [UInt8] {
    guard let conversion = iconv_open("UTF-8", "GB18030"), conversion != iconv_t(bitPattern: -1) else {
      throw BankFileProblem(nil, "this system can't read GB 18030; save the file as UTF-8")
    }
    defer { iconv_close(conversion) }
    var input = bytes
    // A character of two bytes becomes one of three, none grows more.
    var output = [UInt8](repeating: 0, count: bytes.count * 2 + 16)
    var inputLeft = input.count
    var outputLeft = output.count
    let status = input.withUnsafeMutableBytes { input in
      output.withUnsafeMutableBytes { output in
        var from = input.baseAddress?.assumingMemoryBound(to: CChar.self)
        var to = output.baseAddress?.assumingMemoryBound(to: CChar.self)
        return iconv(conversion, &from, &inputLeft, &to, &outputLeft)
      }
    }
    guard status != -1, inputLeft == 0 else {
      let offset = bytes.count - inputLeft
      throw BankFileProblem(
        line(of: offset, in: bytes), "here is a byte that is neither UTF-8 nor GB 18030")
    }
    output.removeLast(outputLeft)
    return output
  }

  private static func line(of offset: Int, in bytes: [UInt8]) -> Int {
    bytes[..<offset].count { $0 == UInt8(ascii: "\n") } + 1
  }
}
