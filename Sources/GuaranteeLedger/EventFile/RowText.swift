/// The values of the row that is being read.
struct RowText {
  /// The longest value there may be, in bytes.
  static let longestValue = 65_536

  private(set) var bytes: [UInt8] = []
  private(set) var ends: [Int] = []
  /// All bytes of the present value in one, to tell plain ASCII at a glance.
  private var union: UInt8 = 0

  /// How many values are complete.
  var count: Int { ends.count }

  /// How long the present value is so far.
  var length: Int { bytes.count - start }

  private var start: Int { ends.last ?? 0 }

  mutating func append(_ byte: UInt8) {
    bytes.append(byte)
    union |= byte
  }

  mutating func append(_ piece: ArraySlice<UInt8>, union: UInt8) {
    bytes.append(contentsOf: piece)
    self.union |= union
  }

  /// Takes the values of a row that begins here, when all of it is ASCII without quotes; there must be no others yet.
  ///
  /// - Returns: Where the line break stands; `nil` when nothing was taken, since the row needs to be looked at byte by byte.
  mutating func takePlainRow(
    _ piece: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int, mostValues: Int,
    separator: UInt8 = UInt8(ascii: ",")
  ) -> Int? {
    guard let lineBreak = plainLineBreak(piece, from: start, to: end, separator), lineBreak > start else {
      return nil
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: piece[start..<lineBreak]))
    var length = 0
    bytes.withUnsafeMutableBufferPointer { bytes in
      for index in bytes.indices {
        let byte = bytes[index]
        bytes[length] = byte
        if byte == separator { ends.append(length) } else { length += 1 }
      }
    }
    ends.append(length)
    bytes.removeLast(bytes.count - length)
    if ends.count <= mostValues { return lineBreak }
    clear()
    return nil
  }

  private func plainLineBreak(
    _ piece: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int, _ separator: UInt8
  ) -> Int? {
    for index in start..<end {
      let byte = piece[index]
      // Nothing from the space to the last of ASCII means anything but the quote.
      if byte &- 0x20 < 0x60 || byte == separator, byte != UInt8(ascii: "\"") { continue }
      return byte == UInt8(ascii: "\n") ? index : nil
    }
    return nil
  }

  /// Completes the present value.
  ///
  /// - Returns: Where in it, counted in bytes, it stops being UTF-8; `nil` when all of it is.
  mutating func endValue() -> Int? {
    let fault = union < 0x80 ? nil : firstFault(in: bytes[start...])
    union = 0
    ends.append(bytes.count)
    return fault
  }

  /// Forgets the present value.
  mutating func dropValue() {
    bytes.removeLast(length)
    union = 0
  }

  /// Begins the next row in the same room.
  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    union = 0
  }

  /// Hands the values over and begins the next row, for which as much room is made.
  mutating func take() -> (bytes: [UInt8], ends: [Int]) {
    let taken = (bytes, ends)
    bytes = []
    bytes.reserveCapacity(taken.0.count + 32)
    ends = []
    ends.reserveCapacity(taken.1.count)
    union = 0
    return taken
  }

  func text(at index: Int) -> String {
    String(decoding: bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]], as: UTF8.self)
  }
}

/// Where the bytes stop being UTF-8, counted from their beginning; `nil` when they are all well-formed.
func firstFault(in bytes: ArraySlice<UInt8>) -> Int? {
  var index = bytes.startIndex
  while index < bytes.endIndex {
    let lead = bytes[index]
    if lead < 0x80 {
      index += 1
      continue
    }
    // The lowest and highest first continuation keep out overlong forms, surrogates and what is past U+10FFFF.
    let (length, low, high): (Int, UInt8, UInt8) =
      switch lead {
      case 0xC2...0xDF: (2, 0x80, 0xBF)
      case 0xE0: (3, 0xA0, 0xBF)
      case 0xED: (3, 0x80, 0x9F)
      case 0xE1...0xEF: (3, 0x80, 0xBF)
      case 0xF0: (4, 0x90, 0xBF)
      case 0xF1...0xF3: (4, 0x80, 0xBF)
      case 0xF4: (4, 0x80, 0x8F)
      default: (0, 0, 0)
      }
    guard length > 0, bytes.endIndex - index >= length else { return index - bytes.startIndex }
    guard (low...high).contains(bytes[index + 1]) else { return index - bytes.startIndex }
    guard bytes[(index + 2)..<(index + length)].allSatisfy({ $0 & 0xC0 == 0x80 }) else {
      return index - bytes.startIndex
    }
    index += length
  }
  return nil
}
