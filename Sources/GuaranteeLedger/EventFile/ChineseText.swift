/// Bytes of a text file, which become UTF-8 when they turn out to be GB 18030; all others stay as they are, so that
/// whoever reads them can say what is wrong with them and where.
///
/// What a file is, its first characters beyond ASCII tell. UTF-8 with some bytes broken is not taken for GB 18030, and
/// neither is a text in the letters of another country.
final class ChineseText {
  private enum Encoding {
    case unknown, asItIs
    case gb18030(GB18030)
  }

  /// So many bytes that are no ASCII say what a text is.
  private static let enough = 64
  /// No more than this is kept, waiting for them.
  private static let mostHeld = 1 << 20

  private let fill: (UnsafeMutableRawBufferPointer) -> Int
  private var encoding = Encoding.unknown
  /// What was read while it says too little of what it is, and how many of its bytes are no ASCII.
  private var held: [UInt8] = []
  private var tellingBytes = 0
  /// What was converted and not handed over yet.
  private var converted: [UInt8] = []
  private var handedOver = 0
  /// The first bytes of a character whose others were not read yet.
  private var begun: [UInt8] = []
  private var isAtEnd = false

  /// - Parameter fill: Puts the next bytes into the buffer and says how many; 0 at the end, or less than 0 with `errno`
  ///   set.
  init(fill: @escaping (UnsafeMutableRawBufferPointer) -> Int) { self.fill = fill }

  /// Whether the bytes were read as GB 18030; known once the last were read.
  private(set) var isGB18030 = false

  /// The same as `fill`, of the text as UTF-8.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      if handedOver < converted.count { return handOver(into: buffer) }
      if isAtEnd { return 0 }
      let count = fill(buffer)
      if count < 0 { return count }
      if case .asItIs = encoding { return count }
      isAtEnd = count == 0
      let piece = Array(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      guard case .unknown = encoding else {
        convert(piece)
        continue
      }
      let telling = piece.count { $0 >= 0x80 }
      if held.isEmpty, telling == 0 { return count }
      held += piece
      tellingBytes += telling
      if isAtEnd || tellingBytes >= Self.enough || held.count >= Self.mostHeld { decide() }
    }
  }

  private func decide() {
    let bytes = held
    held = []
    encoding = Self.encoding(of: bytes, isWhole: isAtEnd)
    if case .gb18030 = encoding {
      isGB18030 = true
      convert(bytes)
    } else {
      (converted, handedOver) = (bytes, 0)
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
    let (text, rest, isBroken) = conversion.utf8(of: bytes)
    converted = text
    begun = Array(rest)
    if isBroken || isAtEnd {
      converted += rest
      begun = []
      if !isAtEnd { encoding = .asItIs }
    }
  }

  // MARK: Telling one from the other

  /// - Parameter isWhole: Whether the text ends with the bytes; else their last character may be cut in two.
  private static func encoding(of bytes: [UInt8], isWhole: Bool) -> Encoding {
    guard let fault = firstFault(in: bytes[...]), isWhole || !isCutOff(bytes[fault...]),
      isMostlyChinese(bytes), let conversion = GB18030()
    else { return .asItIs }
    let (_, rest, isBroken) = conversion.utf8(of: bytes)
    return !isBroken && (rest.isEmpty || !isWhole) ? .gb18030(conversion) : .asItIs
  }

  /// Whether the bytes are the beginning of a character of UTF-8 and no more.
  private static func isCutOff(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let lead = bytes.first, lead >= 0xC2, bytes.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) else {
      return false
    }
    return bytes.count < (lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4)
  }

  /// Whether most characters are those of everyday Chinese, the first level of GB 2312 and its punctuation. Broken UTF-8
  /// has few of them; texts in the letters of another country have bytes of ASCII behind most of their own.
  private static func isMostlyChinese(_ bytes: [UInt8]) -> Bool {
    var (everyday, others) = (0, 0)
    var index = 0
    while index + 1 < bytes.count {
      guard bytes[index] >= 0x80 else {
        index += 1
        continue
      }
      let isEveryday = (0xA1...0xA3).contains(bytes[index]) || (0xB0...0xD7).contains(bytes[index])
      if isEveryday, bytes[index + 1] >= 0xA1, !isWithinWord(index, of: bytes) {
        everyday += 1
      } else {
        others += 1
      }
      index += 2
    }
    return everyday > others
  }

  /// Whether the two bytes stand alone at a letter of ASCII, as two letters with accents do.
  private static func isWithinWord(_ index: Int, of bytes: [UInt8]) -> Bool {
    let around = [index - 1, index + 2].compactMap { bytes.indices.contains($0) ? bytes[$0] : nil }
    return around.allSatisfy { $0 < 0x80 } && around.contains { (0x61...0x7A).contains($0 | 0x20) }
  }
}
