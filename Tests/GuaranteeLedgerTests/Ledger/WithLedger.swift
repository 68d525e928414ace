import GuaranteeLedger
import TestSupport

/// A database with an empty ledger of this program's schema.
let emptyLedger = DatabaseTemplate(name: "empty_ledger") { _ = try await Ledger.migrate($0) }

extension LedgerConfiguration {
  /// For tests that are not about deadlines: on a machine that many tests share, each may be slow.
  static func patient(_ connectionString: String) -> LedgerConfiguration {
    var configuration = LedgerConfiguration(connectionString)
    configuration.deadline = .seconds(600)
    configuration.attemptTimeout = .seconds(120)
    return configuration
  }
}

/// Runs `body` with a ledger of its own, which is gone afterwards.
func withLedger<Value: Sendable>(_ body: @Sendable (Ledger) async throws -> Value) async throws -> Value {
  try await TemporaryServer.shared.withDatabase(template: emptyLedger) { connectionString in
    let ledger = try await Ledger.open(.patient(connectionString))
    do {
      let value = try await body(ledger)
      await ledger.close()
      return value
    } catch {
      await ledger.close()
      throw error
    }
  }
}
