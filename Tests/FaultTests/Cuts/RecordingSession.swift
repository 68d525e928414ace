import GuaranteeLedger
import TestSupport
import Testing

/// What a program does that records: opens the ledger, records with several tasks at once, and closes it.
struct RecordingSession: Sendable {
  let connectionString: String

  init(to connectionString: String) {
    self.connectionString = connectionString
  }

  init(_ ledger: FaultLedger, through proxy: CuttingProxy) {
    self.init(to: proxy.connectionString(database: ledger.database))
  }

  /// Longer than anything takes that a cut can bring about, on the slowest machine.
  static let ample = Duration.seconds(600)

  func run(_ callers: [Caller]) async throws -> [Answer] {
    let ledger = try await open()
    let answers = await Caller.runAll(callers, with: LedgerClient(ledger: ledger), deadline: Self.ample)
    await ledger.shutDown()
    return answers
  }

  /// Whoever can't open a ledger tries once more; a second cut is not to come.
  private func open() async throws -> Ledger {
    do throws(LedgerError) {
      return try await Ledger.open(.patient(connectionString))
    } catch {
      // Nothing was to be changed, so nothing can be open.
      #expect([.unreachable, .connectionLost].contains(error.code), "\(error.code): \(error)")
      return try await Ledger.open(.patient(connectionString))
    }
  }
}
