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
      case _ where scalar.value < 0x10000 && TerminalText.isDangerous(scalar.value):
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
