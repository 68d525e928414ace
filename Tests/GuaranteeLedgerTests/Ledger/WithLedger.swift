import GuaranteeLedger
import LedgerTestSupport
import TestSupport

/// A database with an empty ledger of this program's schema.
let emptyLedger = DatabaseTemplate(name: "empty_ledger") { _ = try await Ledger.migrate($0) }

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
