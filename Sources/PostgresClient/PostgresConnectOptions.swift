/// How to connect, beside where to.
package struct PostgresConnectOptions: Sendable {
  /// What the server shows in `pg_stat_activity`, unless the connection string has its own.
  package var applicationName = "guarantee"
  /// How long to try each host, unless the connection string, a service or `PGCONNECT_TIMEOUT` says. libpq's
  /// least is 2.
  package var connectTimeoutSeconds = 10
  /// Whether only a server that takes changes will do: of several hosts the one that does is taken, and a
  /// connection on which a statement is refused for that reason (`25006`) is retired. The connection string, a
  /// service or `PGTARGETSESSIONATTRS` may ask for another kind (`any` in a service counts as nothing said).
  package var requiresReadWrite = false
  /// How long each call may take that names no deadline; `nil` without end. Also bounds the connecting.
  package var deadline: Duration?
  /// How long the server may say nothing while a call waits for it that has no deadline: of a stream or a COPY, each
  /// piece. One that is frozen or out of reach is noticed by nothing else. `nil` without end.
  package var silence: Duration?
  /// Whether `query(prepared: true)` prepares where it can: nothing is prepared through a pooler in any case.
  package var preparesStatements = true
  /// Gets the server's notices and warnings; called on the connection's queue, so be quick.
  package var onNotice: @Sendable (PostgresNotice) -> Void = { _ in }

  package init() {}

  /// libpq's keywords. Those before `dbname` are defaults, those behind it prevail over the string.
  func keywords(for connectionString: String) -> [(keyword: String, value: String)] {
    var keywords = [(keyword: "fallback_application_name", value: applicationName)]
    // A default would prevail over what a service says.
    let settings = LibPQ.settings(of: [("dbname", connectionString)])
    if settings["connect_timeout"] == nil {
      keywords.append(("connect_timeout", String(connectTimeoutSeconds)))
    }
    if mustReadWrite(settings), Self.nameSeveral(settings) {
      keywords.append(("target_session_attrs", "read-write"))
    }
    return keywords + [("dbname", connectionString), ("client_encoding", "UTF8")]
  }

  /// Whether the one server that there is has to be asked if it takes changes. libpq would believe what a pooler says,
  /// which may be what was so when the pooler first met its server.
  func asksForReadWrite(_ connectionString: String) -> Bool {
    let settings = LibPQ.settings(of: [("dbname", connectionString)])
    guard mustReadWrite(settings), !Self.nameSeveral(settings) else { return false }
    // That any server will do is the default, and may be what the string says.
    let said = try? ConnectionString(parsing: connectionString).settings
    return said?.contains { $0.keyword == "target_session_attrs" } != true
  }

  private func mustReadWrite(_ settings: [String: String]) -> Bool {
    requiresReadWrite && settings["target_session_attrs"] ?? "any" == "any"
      && SystemCalls.variable("PGTARGETSESSIONATTRS") == nil
  }

  private static func nameSeveral(_ settings: [String: String]) -> Bool {
    ["host", "hostaddr"].contains { settings[$0]?.contains(",") ?? false }
  }
}
