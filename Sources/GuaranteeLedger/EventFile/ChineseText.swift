import Glibc

/// Bytes of a text file, which become UTF-8 when they turn out to be GB 18030; all others stay as they are, so that
/// whoever reads them can say what is wrong with them and where.
///
/// What a file is, its first piece with anything but ASCII in it tells. UTF-8 with some bytes broken is not taken for
/// GB 18030, and neither is a text in the letters of another country.
final class ChineseText {
  private enum Encoding {
    case unknown, asItIs
    case gb18030(iconv_t)
  }

  private let fill: (UnsafeMutableRawBufferPointer) -> Int
  private var encoding = Encoding.unknown
  /// What was converted and not handed over yet.
  private var converted: [UInt8] = []
  private var handedOver = 0
  /// The first bytes of a character whose others were not read yet.
  private var begun: [UInt8] = []
  private var isAtEnd = false

  /// - Parameter fill: Puts the next bytes into the buffer and says how many; 0 at the end, or less than 0 with `errno`
  ///   set.
  init(fill: @escaping (UnsafeMutableRawBufferPointer) -> Int) { self.fill = fill }

  deinit { if case .gb18030(let conversion) = encoding { iconv_close(conversion) } }

  /// The same as `fill`, of the text as UTF-8.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      if handedOver < converted.count { return handOver(into: buffer) }
      if isAtEnd { return 0 }
      let count = fill(buffer)
      if case .asItIs = encoding { return count }
      if count < 0 { return count }
      isAtEnd = count == 0
      let piece = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      if case .unknown = encoding {
        guard let first = piece.firstIndex(where: { $0 >= 0x80 }) else { return count }
        encoding = Self.encoding(of: Array(piece[first...]))
        if case .asItIs = encoding { return count }
      }
      convert(Array(piece))
    }
  }

  private func handOver(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, converted.count - handedOver)
    buffer.copyBytes(from: converted[handedOver..<(handedOver + count)])
    handedOver += count
    return count
  }

  /// Puts the UTF-8 of what was begun and of a piece into `converted`; what is no GB 18030 stays as it is.
  private func convert(_ piece: [UInt8]) {
    guard case .gb18030(let conversion) = encoding else { return }
    handedOver = 0
    let bytes = begun + piece
    let (text, rest, isBroken) = Self.converted(bytes, by: conversion)
    converted = text
    begun = Array(rest)
    if isBroken || isAtEnd {
      converted += rest
      begun = []
      if !isAtEnd {
        iconv_close(conversion)
        encoding = .asItIs
      }
    }
  }

  // MARK: Telling one from the other

  private static func encoding(of bytes: [UInt8]) -> Encoding {
    var faults = 0
    var characters = 0
    var rest = bytes[...]
    while let fault = firstFault(in: rest) {
      // What is cut off at the end of a piece is no fault.
      if isCutOff(rest.dropFirst(fault)) { break }
      characters += threeByteCharacters(in: rest.prefix(fault))
      faults += 1
      rest = rest.dropFirst(fault + 1)
    }
    characters += threeByteCharacters(in: rest)
    guard faults > characters, isMostlyChinese(bytes), let conversion = iconv_open("UTF-8", "GB18030"),
      conversion != iconv_t(bitPattern: -1)
    else { return .asItIs }
    guard !converted(bytes, by: conversion).isBroken else {
      iconv_close(conversion)
      return .asItIs
    }
    iconv(conversion, nil, nil, nil, nil)
    return .gb18030(conversion)
  }

  /// Whether the bytes are the beginning of a character of UTF-8 and no more.
  private static func isCutOff(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let lead = bytes.first, lead >= 0xC2, bytes.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) else {
      return false
    }
    return bytes.count < (lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4)
  }

  /// Whether characters of two bytes have mostly the bytes that those of everyday Chinese have: a text in the letters of
  /// another country has a letter of ASCII behind most of its own.
  private static func isMostlyChinese(_ bytes: [UInt8]) -> Bool {
    var (chinese, others) = (0, 0)
    var index = 0
    while index + 1 < bytes.count {
      guard bytes[index] >= 0x80 else {
        index += 1
        continue
      }
      if bytes[index] <= 0xF7, bytes[index] >= 0xA1, bytes[index + 1] >= 0xA1 {
        chinese += 1
      } else {
        others += 1
      }
      index += 2
    }
    return chinese > others
  }

  private static func threeByteCharacters(in bytes: ArraySlice<UInt8>) -> Int {
    bytes.count { $0 & 0xF0 == 0xE0 }
  }

  /// The UTF-8 of as much as is GB 18030, and what follows that: the beginning of a character, or what is none.
  private static func converted(_ bytes: [UInt8], by conversion: iconv_t) -> (
    text: [UInt8], rest: ArraySlice<UInt8>, isBroken: Bool
  ) {
    // A character of two bytes becomes one of three, none grows more.
    var output = [UInt8](repeating: 0, count: bytes.count * 2 + 16)
    var inputLeft = bytes.count
    var outputLeft = output.count
    let status = bytes.withUnsafeBytes { input in
      output.withUnsafeMutableBytes { output in
        // It only reads there, whatever its type says.
        var from = UnsafeMutableRawPointer(mutating: input.baseAddress)?.assumingMemoryBound(to: CChar.self)
        var to = output.baseAddress?.assumingMemoryBound(to: CChar.self)
        return iconv(conversion, &from, &inputLeft, &to, &outputLeft)
      }
    }
    let isBroken = status == -1 && errno != EINVAL
    output.removeLast(outputLeft)
    return (output, bytes[(bytes.count - inputLeft)...], isBroken)
  }
}
