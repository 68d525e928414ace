import LedgerSQL
import PostgresClient

/// Hands the rules to the database: a temporary table for each file, then the function that takes them over.
struct RuleLoader {
  let connection: PostgresConnection

  func load() async throws {
    for file in LedgerSQL.rules {
      do {
        try await stage(file)
      } catch let error as PostgresError where error.kind == .server {
        let failure = LedgerError(error)
        throw LedgerError(failure.code, "sql/\(file.path): \(failure.message)")
      }
    }
    _ = try await connection.query("select guarantee_api.load_rules()")
  }

  private func stage(_ file: SQLFile) async throws {
    let table = "rules_" + String(file.name.map { $0 == "-" ? "_" : $0 })
    let text = file.text.hasPrefix("\u{FEFF}") ? String(file.text.dropFirst()) : file.text
    let header = text.prefix { !$0.isNewline }
    let columns = header.split(separator: ",", omittingEmptySubsequences: false).map {
      Self.quoted($0) + " text"
    }
    try await connection.execute(
      "create temp table \(Self.quoted(table[...])) (\(columns.joined(separator: ", "))) on commit drop")
    try await connection.copyIn("copy \(Self.quoted(table[...])) from stdin (format csv, header true)", text)
  }

  /// An SQL identifier; header names may come in quotes themselves.
  private static func quoted(_ name: Substring) -> String {
    "\"" + name.filter { $0 != "\"" } + "\""
  }
}
