import Glibc
import GuaranteeLedger
import PostgresClient

/// A ledger of a wanted size on the benchmark's server, made by recording.
struct GrownLedger: Sendable {
  let connectionString: String

  /// Entries of one dispute from its opening to its close.
  private static let entriesOfDispute = 8

  /// The ledger with about so many entries: found from an earlier run that kept its server, or made.
  ///
  /// It is recorded over two connections under another name, which it loses when it is whole.
  static func of(entries: Int, on server: BenchmarkServer) async throws -> GrownLedger {
    let name = "ledger_of_\(entries)"
    let found = try await server.value("select count(*) from pg_database where datname = '\(name)'")
    if found == "0" {
      let unfinished = "unfinished_\(name)"
      try await server.execute("drop database if exists \(unfinished)")
      let database = try await server.makeDatabase(unfinished)
      try await record(entries: entries, in: database)
      try await server.execute("alter database \(unfinished) rename to \(name)")
    }
    let ledger = GrownLedger(connectionString: "\(server.connectionString) dbname=\(name)")
    // As autovacuum leaves it in the course of time.
    _ = try await server.value("vacuum (analyze)", in: ledger.connectionString)
    return ledger
  }

  private static func record(entries: Int, in database: String) async throws {
    _ = try await Ledger.migrate(database)
    let disputes = max(1, (entries - Workload.registerEntryCount) / entriesOfDispute)
    let workload = Workload(events: Workload.registers.count + disputes * DisputeLife.days.count)
    let notice = "Recording \(workload.count) events, which make \(entries) entries.\n"
    _ = write(STDERR_FILENO, notice, notice.utf8.count)
    try await BatchRecording.record(workload, connections: 2, in: database)
  }
}

extension Workload {
  /// Entries that filling the registers makes: each guarantor pays in at each office.
  static var registerEntryCount: Int { 2 * officeCount * guarantorCount }
}
