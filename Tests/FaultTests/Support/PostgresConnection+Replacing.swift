import PostgresClient

extension PostgresConnection {
  /// Takes a safety out of one of the ledger's functions, for a test that must notice.
  ///
  /// - Throws: `SafetyNotFound` when the function doesn't have it any more.
  func replace(_ safety: String, in function: String, by other: String) async throws {
    let text = try await query("select pg_get_functiondef($1::regproc)", [function]).value ?? ""
    guard text.contains(safety) else { throw SafetyNotFound(safety: safety, function: function) }
    try await execute(text.replacing(safety, with: other))
  }
}

struct SafetyNotFound: Error {
  let safety: String
  let function: String
}
