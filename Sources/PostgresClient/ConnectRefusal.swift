/// Reads what libpq says when no connection came about. It has no other way to say why.
enum ConnectRefusal {
  /// Whether the last server that was tried has refused us in its own words, instead of not answering.
  static func isByServer(_ message: String) -> Bool {
    lastAnswer(in: message).contains(separator)
  }

  /// The code in a message that was made with `PQERRORS_VERBOSE`: libpq writes severity, code and text, such as
  /// `FATAL:  28P01: password authentication failed`. The severity may be in any language.
  static func sqlState(inVerbose message: String) -> SQLState? {
    let answer = lastAnswer(in: message)
    guard let start = answer.firstRange(of: separator)?.upperBound else { return nil }
    let code = answer[start...].prefix(5)
    let isCode = code.utf8.count == 5 && code.utf8.allSatisfy { Self.isCodeCharacter($0) }
    guard isCode, answer[code.endIndex...].hasPrefix(": ") else { return nil }
    return SQLState(rawValue: String(code))
  }

  /// Whether libpq found fault with a setting and tried no server at all.
  static func isOfSettings(_ message: String) -> Bool {
    ["invalid ", "definition of service", "service file", "could not match"].contains {
      message.hasPrefix($0)
    }
  }

  /// Stands between severity and text, and nowhere else in what libpq says.
  private static let separator = ":  "

  /// The first line on the last of the servers that were tried.
  private static func lastAnswer(in message: String) -> Substring {
    let lines = message.split(whereSeparator: \.isNewline)
    return lines.last { $0.hasPrefix("connection to server") } ?? lines.first ?? ""
  }

  private static func isCodeCharacter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }
}

extension PostgresError {
  /// Whether another attempt to connect would end the same way: a bad login, no such database, a setting that
  /// can't be read.
  package var isPermanentRefusal: Bool {
    if kind == .misuse { return true }
    guard kind == .unreachable, let sqlState else { return false }
    return ["0A", "22", "28", "3D", "3F", "42"].contains(sqlState.conditionClass)
  }
}
