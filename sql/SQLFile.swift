/// One file of this folder as the program carries it.
package struct SQLFile: Sendable {
  /// The path below this folder, such as `functions/record.sql`.
  package let path: String
  package let text: String
  /// A hash of path and text: another one means that the file has changed; it proves nothing.
  package let fingerprint: String

  package init(path: String, text: String, fingerprint: String) {
    self.path = path
    self.text = text
    self.fingerprint = fingerprint
  }

  /// The file's name without folder and extension, such as `working-days`.
  package var name: String {
    let file = path.split(separator: "/").last ?? ""
    return String(file.split(separator: ".").first ?? "")
  }
}

/// The ledger's SQL and rules; the build adds the files themselves, sorted by path, and their fingerprints.
package enum LedgerSQL {
  /// The numbered changes of the tables, in the order in which they run.
  package static var migrations: [SQLFile] { files(in: "migrations/", ending: ".sql") }

  /// What is dropped and rebuilt when any of it changes: types, functions and views.
  package static var sources: [SQLFile] {
    let sources = files.filter { $0.path.hasSuffix(".sql") && !$0.path.hasPrefix("migrations/") }
    let isType = { (file: SQLFile) in file.path.hasPrefix("types/") }
    return sources.filter(isType) + sources.filter { !isType($0) }
  }

  /// The rules as data.
  package static var rules: [SQLFile] { files(in: "rules/", ending: ".csv") }

  private static func files(in folder: String, ending: String) -> [SQLFile] {
    files.filter { $0.path.hasPrefix(folder) && $0.path.hasSuffix(ending) }
  }
}
