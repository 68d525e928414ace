import Glibc

/// Makes UTF-8 of GB 18030, by the C library's tables.
final class GB18030 {
  private let conversion: iconv_t

  /// `nil` where the system has no such tables.
  init?() {
    guard let conversion = iconv_open("UTF-8", "GB18030"), conversion != iconv_t(bitPattern: -1) else {
      return nil
    }
    self.conversion = conversion
  }

  deinit { iconv_close(conversion) }

  /// The UTF-8 of as much as is GB 18030, and what follows that: the beginning of a character, or what is none, which is
  /// `isBroken`.
  func utf8(of bytes: [UInt8]) -> (text: [UInt8], rest: ArraySlice<UInt8>, isBroken: Bool) {
    // A character of two bytes becomes one of three, none grows more.
    var output = [UInt8](repeating: 0, count: bytes.count * 2 + 16)
    var inputLeft = bytes.count
    var outputLeft = output.count
    let status = bytes.withUnsafeBytes { input in
      output.withUnsafeMutableBytes { output in
        // It only reads there, whatever its type says.
        var from = UnsafeMutableRawPointer(mutating: input.baseAddress)?.assumingMemoryBound(to: CChar.self)
        var to = output.baseAddress?.assumingMemoryBound(to: CChar.self)
        // Whatever was converted before, these bytes begin a text.
        iconv(conversion, nil, nil, nil, nil)
        return iconv(conversion, &from, &inputLeft, &to, &outputLeft)
      }
    }
    let isBroken = status == -1 && errno != EINVAL
    output.removeLast(outputLeft)
    return (output, bytes[(bytes.count - inputLeft)...], isBroken)
  }
}
