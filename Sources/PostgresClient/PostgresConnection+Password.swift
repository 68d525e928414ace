import CLibPQ

extension PostgresConnection {
  /// What a server keeps of a password and can tell it by: a SCRAM-SHA-256 verifier, which gives nothing away.
  ///
  /// - Throws: `.misuse` when libpq can't make one.
  package nonisolated func passwordVerifier(
    of password: String, for login: String
  ) async throws(PostgresError) -> String {
    try await perform(nil) { libpq, _ throws(PostgresError) in
      try libpq.passwordVerifier(of: password, for: login)
    }
  }
}

extension LibPQ {
  func passwordVerifier(of password: String, for login: String) throws(PostgresError) -> String {
    try CStrings.requireNoNUL([password, login])
    let verifier = unsafe PQencryptPasswordConn(connection, password, login, "scram-sha-256")
    defer { unsafe PQfreemem(verifier) }
    guard let text = unsafe CStrings.string(verifier) else {
      throw PostgresError(.misuse, "the password can't be used")
    }
    return text
  }
}
