/// Why a bank's file can't be read or taken: a sentence that names the file, the line and the field.
package struct BankFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file as it was named.
  package var file: String
  /// The line of the file, from 1; `nil` when it is about the whole file.
  package var line: Int?
  /// The element, tag or column that it is about; `nil` when it is about all of the line.
  package var field: String?
  /// What is wrong, as the rest of the sentence.
  package var reason: String

  package var description: String {
    let line = line.map { ", line \($0)" } ?? ""
    let field = field.map { ", \($0)" } ?? ""
    // A tag of MT940 ends with a colon of its own.
    return "\(file)\(line)\(field)\(field.hasSuffix(":") ? "" : ":") \(reason)."
  }
}

/// What is wrong in a bank's file, before it is known in which.
struct BankFileProblem: Error {
  var line: Int?
  var field: String?
  var reason: String

  init(_ line: Int?, _ reason: String) {
    self.line = line
    self.reason = reason
  }

  init(_ line: Int?, _ field: String?, _ reason: String) {
    self.line = line
    self.field = field
    self.reason = reason
  }
}
