/// Why a file of events can't be read: a sentence that names the file, the line and the column.
public struct EventFileError: Error, Sendable, Hashable {
  /// The file as it was named; `standard input` for that.
  public let file: String
  /// The line, counted from 1, on which the trouble is; `nil` when it is with the file as a whole.
  public let line: Int?
  /// The column of CSV or the member of JSON that it is about; `nil` when it is about the whole row.
  public let field: String?
  /// What is wrong and what to do, as the rest of the sentence.
  public let reason: String
  /// Whether nothing behind it can be read either; else the next call reads on behind the row.
  public let endsReading: Bool
}

extension EventFileError: CustomStringConvertible {
  public var description: String {
    let line = line.map { ", line \($0)" } ?? ""
    let field = field.map { ", column \($0)" } ?? ""
    return "\(file)\(line)\(field): \(reason)."
  }
}

/// What is wrong in a row, before it is known in which file.
struct RowProblem: Error {
  let line: Int
  var field: String?
  let reason: String
  var endsReading = false
}

/// The text in quotes for a message: shortened, and without characters that could upset a terminal.
func shown(_ text: String) -> String {
  let limit = 40
  var safe = String.UnicodeScalarView()
  for scalar in text.unicodeScalars.prefix(limit) {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: safe.append("\u{FFFD}")
    default: safe.append(scalar)
    }
  }
  return "'\(String(safe))\(text.unicodeScalars.count > limit ? "…" : "")'"
}
