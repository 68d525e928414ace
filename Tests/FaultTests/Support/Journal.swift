import PostgresClient
import TestSupport

/// What a ledger holds of intents, read past the library.
struct Journal: Sendable {
  struct Entry: Sendable, Hashable {
    let reference: String
    let office: String
    let sequence: Int
    /// In minor units, as the entry in the bank's account has it.
    let amount: Int
  }

  var entries: [Entry] = []
  /// The balance of each office's bank in minor units.
  var balances: [String: Int] = [:]
  /// What the ledger's own check finds.
  var faults: [String] = []

  init() {}

  /// Reads it once every other session of the database has ended, so that nothing comes after.
  static func read(_ connectionString: String) async throws -> Journal {
    let connection = try await PostgresConnection.connect(to: connectionString)
    // Settings of the database that are there for the callers are not meant for this.
    try await connection.execute("set statement_timeout = 0; set lock_timeout = 0")
    let others = """
      select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
         and backend_type = 'client backend'
      """
    try await until { try await connection.query(others).value == "0" }
    var journal = Journal()
    let entries = try await connection.query(
      """
      select v.fields ->> 'reference', v.office, v.sequence, n.amount
        from guarantee.event v join guarantee.entry n using (office, sequence)
        join guarantee.account a using (account_id)
       where v.event = 'receive_funds' and a.role = 'bank'
      """)
    journal.entries = entries.rows.map {
      Entry(
        reference: $0[0] ?? "", office: $0[1] ?? "", sequence: $0[2].flatMap { Int($0) } ?? 0,
        amount: abs($0[3].flatMap { Int($0) } ?? 0))
    }
    let balances = try await connection.query(
      "select office, balance from guarantee.account where role = 'bank'")
    for row in balances.rows { journal.balances[row[0] ?? ""] = row[1].flatMap { Int($0) } }
    let faults = try await connection.query("select * from guarantee_api.check_ledger()")
    journal.faults = faults.rows.map { $0.map { $0 ?? "" }.joined(separator: " | ") }
    await connection.close()
    return journal
  }
}
