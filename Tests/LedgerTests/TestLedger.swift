import GuaranteeLedger
import LedgerTestSupport
import PostgresClient
import ReferenceLedger
import TestSupport

/// A migrated ledger in a database of its own, for one test.
struct TestLedger: Sendable {
  let connectionString: String
  let ledger: Ledger
  /// The superuser's own way in, past the library.
  let connection: PostgresConnection

  /// Records events given as fields, as a file's rows would be, and returns their results' codes.
  func record(_ events: [Fields]) async throws -> [String] {
    try await ledger.record(events.map(Event.init(fields:))).map(\.code)
  }

  /// Runs `body` with a way to record over a connection of its own.
  func withWriter<Value: Sendable>(
    _ body: (_ record: ([Fields]) async throws -> [RecordResult]) async throws -> Value
  ) async throws -> Value {
    let writer = try await Ledger.open(.patient(connectionString))
    do {
      let value = try await body { try await writer.record($0.map(Event.init(fields:))) }
      await writer.close()
      return value
    } catch {
      await writer.close()
      throw error
    }
  }

  /// What `check` finds wrong, a line each.
  func check() async throws -> [String] {
    var found: [String] = []
    try await ledger.check(
      columns: { _ in }, row: { found.append($0.map { $0 ?? "" }.joined(separator: " | ")) })
    return found
  }

  /// Every report whole, as text, and the statement of each guarantor: all that
  /// doesn't say when it was recorded, and is not about closed books.
  func allReports(guarantors: [String]) async throws -> [String] {
    var texts: [String] = []
    for report in Report.allCases
    where ![
      .statement, .journal, .lateEntries, .attempts, .seals, .closing, .closings, .pending, .reconciliation,
    ].contains(
      report)
    {
      texts.append(try await text(of: report))
    }
    for guarantor in guarantors {
      texts.append(try await text(of: .statement, where: [.guarantor: guarantor]))
    }
    return texts
  }

  private func text(of report: Report, where filters: [ReportFilter: String] = [:]) async throws -> String {
    var lines: [String] = []
    try await ledger.report(
      report, where: filters, columns: { lines.append($0.map(\.name).joined(separator: ",")) },
      row: { lines.append($0.map { $0 ?? "" }.joined(separator: ",")) })
    return lines.joined(separator: "\n")
  }

  /// The rows of a query, null as an empty text.
  func rows(_ sql: String, _ parameters: [String?] = []) async throws -> [[String]] {
    try await connection.query(sql, parameters).rows.map { $0.map { $0 ?? "" } }
  }

  /// The first value of a query.
  func value(_ sql: String, _ parameters: [String?] = []) async throws -> String? {
    try await connection.query(sql, parameters).value
  }

  /// The SQLSTATE with which a statement is refused; `nil` when it is not.
  func refusal(of sql: String) async -> String? {
    do {
      try await connection.execute(sql)
      return nil
    } catch {
      return error.sqlState?.rawValue ?? "\(error)"
    }
  }

  /// Today in the database.
  func today() async throws -> Day {
    let text = try await ledger.today().description
    return try Day(text) ?? { throw NoSuchDay(text: text) }()
  }

  struct NoSuchDay: Error { let text: String }
}

extension RecordResult {
  /// The result with the sentence that goes with it, if any.
  var said: String { refusal.map { "\($0.code): \($0.message)" } ?? code }
}

/// An event as text: the value of each field by its name, `key`, `on` and `event` among them.
typealias Fields = [String: String]

extension Event {
  init(fields: Fields) {
    let own = fields.filter { !["key", "on", "event"].contains($0.key) }
    self.init(
      key: fields["key"] ?? "", on: fields["on"] ?? "", name: fields["event"] ?? "", fields: own)
  }
}

/// A database with an empty ledger, from which each test's is copied.
let emptyLedger = DatabaseTemplate(name: "empty_ledger") { _ = try await Ledger.migrate($0) }

/// Runs `body` with a ledger of its own, which is gone afterwards.
///
/// - Parameter server: where it is; `nil` for the server that all tests share.
func withLedger<Value: Sendable>(
  template: DatabaseTemplate = emptyLedger, on server: TemporaryServer? = nil,
  _ body: @Sendable (TestLedger) async throws -> Value
) async throws -> Value {
  let home = if let server { server } else { try await TemporaryServer.shared }
  return try await home.withDatabase(template: template) { connectionString in
    let ledger = try await Ledger.open(.patient(connectionString))
    do {
      let value = try await PostgresConnection.withConnection(to: connectionString) {
        try await body(TestLedger(connectionString: connectionString, ledger: ledger, connection: $0))
      }
      await ledger.close()
      return value
    } catch {
      await ledger.close()
      throw error
    }
  }
}
