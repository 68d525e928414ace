import Foundation
import GuaranteeLedger
import Logging
import ServiceLifecycle

/// A payment desk: takes receipts from standard input, records them, and prints every entry that the ledger makes.
///
///     export PAYMENT_DESK_DATABASE="host=db.example dbname=guarantee" PAYMENT_DESK_POSITION=position
///     echo "2026-01-05 R-17 HARBIN BANK-A 1200000.00 CNY receipt 17" | PaymentDesk
@main
struct PaymentDesk {
  static func main() async throws {
    let logger = Logger(label: "payment-desk") { StreamLogHandler.standardError(label: $0) }
    let environment = ProcessInfo.processInfo.environment
    // begin sample
    var configuration = LedgerConfiguration(environment["PAYMENT_DESK_DATABASE"] ?? "service=guarantee")
    configuration.applicationName = "payment-desk"
    configuration.logger = logger
    let ledger = try await Ledger.open(configuration, migrating: true)
    // end sample

    // begin sample
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [
          .init(service: ledger),
          .init(service: Journal(ledger: ledger, file: environment["PAYMENT_DESK_POSITION"] ?? "position")),
          .init(
            service: Desk(ledger: ledger, logger: logger),
            successTerminationBehavior: .gracefullyShutdownGroup),
        ],
        gracefulShutdownSignals: [.sigterm, .sigint],
        logger: logger))
    try await group.run()
    // end sample
  }
}

/// Prints a line at once, also where standard output is no terminal.
func say(_ line: String) {
  FileHandle.standardOutput.write(Data((line + "\n").utf8))
}
