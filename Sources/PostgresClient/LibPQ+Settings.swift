import CLibPQ

extension LibPQ {
  /// The settings by which libpq would connect, with what services, environment and its own defaults add. Tries
  /// no server.
  static func settings(
    of options: [(keyword: String, value: String)]
  ) -> [String: String] {
    // libpq has no call for it, but gives up before it opens a socket when this one can't be.
    let options = options + [("sslmode", "none that exists")]
    let connection = unsafe CStrings.withPointers(to: options.map { $0.keyword }) { keywords in
      unsafe CStrings.withPointers(to: options.map { $0.value }) { values in
        unsafe PQconnectStartParams(keywords, values, 1)
      }
    }
    defer { unsafe PQfinish(connection) }
    return unsafe settings(of: connection)
  }

  /// How a connection's server was to prove who it is.
  var sslMode: String { unsafe Self.settings(of: connection)["sslmode"] ?? "" }

  private static func settings(of connection: OpaquePointer?) -> [String: String] {
    let first = unsafe PQconninfo(connection)
    defer { unsafe PQconninfoFree(first) }
    var settings: [String: String] = [:]
    var option = unsafe first
    while let keyword = unsafe CStrings.string(option?.pointee.keyword) {
      let value = unsafe CStrings.string(option?.pointee.val) ?? ""
      settings[keyword] = value.isEmpty ? nil : value
      unsafe option = option?.advanced(by: 1)
    }
    return settings
  }

  /// Throws `.misuse` when libpq can't read a connection string. Its reason may quote the string, and with it
  /// a password; then it is left out.
  static func requireReadable(_ connectionString: String) throws(PostgresError) {
    let isURI = ["postgresql://", "postgres://"].contains { connectionString.hasPrefix($0) }
    // Anything else is the name of a database.
    guard isURI || connectionString.contains("=") else { return }
    var reason: UnsafeMutablePointer<CChar>?
    let options = unsafe PQconninfoParse(connectionString, &reason)
    defer {
      unsafe PQconninfoFree(options)
      unsafe PQfreemem(reason)
    }
    guard unsafe options == nil else { return }
    let mayQuotePassword = connectionString.contains("@") || connectionString.contains("pass")
    let words = mayQuotePassword ? nil : unsafe CStrings.string(reason).map(CStrings.sentence)
    throw PostgresError(
      .misuse, "the connection string can't be read" + (words.map { ": \($0)" } ?? ""))
  }
}
