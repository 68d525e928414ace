/// Why a file of events can't be read: a sentence that names the file, the line and the field.
public struct EventFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file as it was named; `standard input` for that.
  public let file: String
  /// The line, counted from 1, on which the trouble is.
  public let line: Int
  /// The column or member that it is about; `nil` when it is about the whole row.
  public let field: String?
  /// What is wrong and what to do, as the rest of the sentence.
  public let reason: String
  /// Whether nothing that follows can be read either; else the next call reads on behind the row.
  public let endsReading: Bool

  public var description: String {
    let place = field.map { ", column \($0)" } ?? ""
    return "\(file), line \(line)\(place): \(reason)."
  }
}
