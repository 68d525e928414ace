import GuaranteeLedger
import Logging

// What RunningAService.md shows.
enum ServiceSamples {
  static func open(_ connectionString: String, _ logger: Logger) async throws -> Ledger {
    // begin sample
    var configuration = LedgerConfiguration(connectionString)
    configuration.applicationName = "payment-desk"
    configuration.maximumConnections = 8
    configuration.deadline = .seconds(5)
    configuration.logger = logger
    let ledger = try await Ledger.open(configuration)
    // end sample
    return ledger
  }
}
