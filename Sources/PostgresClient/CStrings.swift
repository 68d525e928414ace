import Glibc

/// Strings on their way to and from C.
enum CStrings {
  static func string(_ pointer: UnsafePointer<CChar>?) -> String? {
    unsafe pointer.map { unsafe String(cString: $0) }
  }

  static func string(_ pointer: UnsafeMutablePointer<CChar>?) -> String? {
    unsafe pointer.map { unsafe String(cString: $0) }
  }

  /// Calls `body` with pointers to the strings as C has them, `nil` for null, and a null pointer behind the
  /// last.
  static func withPointers<Value>(
    to strings: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Value
  ) -> Value {
    let byteCount = strings.reduce(0) { $0 + ($1.map { $0.utf8.count + 1 } ?? 0) }
    return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: max(byteCount, 1)) {
      bytes in
      unsafe withUnsafeTemporaryAllocation(
        of: UnsafePointer<CChar>?.self, capacity: strings.count + 1
      ) { pointers in
        unsafe pointers.initialize(repeating: nil)
        var offset = 0
        for (index, string) in strings.enumerated() {
          guard let string else { continue }
          let start = unsafe UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(bytes)[offset...])
          unsafe start.copyBytes(from: string.utf8)
          unsafe start[string.utf8.count] = 0
          unsafe pointers[index] = unsafe UnsafePointer(
            bytes.baseAddress.unsafelyUnwrapped + offset)
          offset += string.utf8.count + 1
        }
        return unsafe body(UnsafePointer(pointers.baseAddress.unsafelyUnwrapped))
      }
    }
  }

  /// PostgreSQL's text has no character 0, and C would end the string there: say so instead of cutting it.
  static func requireNoNUL(_ strings: [String?]) throws(PostgresError) {
    for case let string? in strings { try requireNoNUL(string) }
  }

  static func requireNoNUL(_ string: String) throws(PostgresError) {
    let found = unsafe string.utf8.withContiguousStorageIfAvailable { bytes in
      unsafe bytes.baseAddress.map { unsafe memchr($0, 0, bytes.count) != nil } ?? false
    }
    guard found ?? string.utf8.contains(0) else { return }
    throw PostgresError(
      .server, "a text holds the character NUL, which PostgreSQL can't store",
      sqlState: .characterNotInRepertoire)
  }

  /// libpq's text for an error as one line: without the guesses that it adds in indented lines,
  /// but with every host that it tried.
  static func sentence(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).filter { $0.first != "\t" }.joined(separator: "; ")
  }
}
