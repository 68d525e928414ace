/// A JSON array with one object for each row, one a line. Amounts are strings, so that no reader rounds them.
struct JSONWriter: RowWriter {
  private let sink: ByteSink
  private let columns: [OutputColumn]
  private let names: [String]
  private var isEmpty = true

  init(_ columns: [OutputColumn], to sink: ByteSink) throws(OutputError) {
    self.sink = sink
    self.columns = columns
    names = columns.map { JSONText.quoted($0.name) }
    try sink.write("[")
  }

  mutating func write(_ row: [String?]) throws(OutputError) {
    try sink.write(isEmpty ? "\n" : ",\n")
    isEmpty = false
    try sink.write("{")
    for (index, value) in row.enumerated() {
      if index > 0 { try sink.write(",") }
      try sink.write(names[index])
      try sink.write(":")
      try sink.write(JSONText.value(value, columns[index].kind))
    }
    try sink.write("}")
  }

  mutating func finish() throws(OutputError) {
    try sink.write(isEmpty ? "]\n" : "\n]\n")
  }
}

/// Pieces of JSON text.
enum JSONText {
  static func value(_ value: String?, _ kind: OutputColumn.Kind) -> String {
    guard let value else { return "null" }
    switch kind {
    case .integer: return Int(value) == nil ? quoted(value) : value
    case .boolean: return value == "true" ? "true" : "false"
    case .text, .date, .amount: return quoted(value)
    }
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where TerminalText.isDangerous(scalar.value): result += escape(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// JSON of several lines with what a terminal would run written as escapes, which mean the same: such characters
  /// stand in its texts alone.
  static func disarmed(_ json: String) -> String {
    var result = ""
    for scalar in json.unicodeScalars {
      if scalar != "\n", TerminalText.isDangerous(scalar.value) {
        result += escape(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    UTF16.encode(scalar).map { Array($0) }?.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined() ?? ""
  }
}
