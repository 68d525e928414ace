import GuaranteeLedger
import PostgresClient
import TestSupport

/// A database with a ledger in which three offices and a guarantor are registered.
struct FaultLedger: Sendable {
  let server: TemporaryServer
  let database: String

  static let template = DatabaseTemplate(name: "fault_ledger") { connectionString in
    let ledger = try await Ledger.open(.patient(connectionString), migrating: true)
    _ = try await ledger.record(Intent.opening)
    await ledger.close()
  }

  /// A connection string that leads to the server without detour.
  var direct: String { server.connectionString(database: database) }

  /// Makes one on a server.
  static func make(on server: TemporaryServer) async throws -> FaultLedger {
    FaultLedger(server: server, database: try await server.makeDatabase(template: template))
  }

  func proxy(plan: @escaping CuttingProxy.Plan = { _ in .pass }) throws -> CuttingProxy {
    try CuttingProxy(to: server.folder, plan: plan)
  }

  /// Compares what callers were told with what is there.
  func audit(_ answers: [Answer]) async throws -> Audit {
    Audit(answers: answers, journal: try await Journal.read(direct))
  }
}

extension LedgerConfiguration {
  /// As it is by default but for the deadline: on a machine that many tests share, a ledger may be slow to open.
  static func patient(_ connectionString: String) -> LedgerConfiguration {
    var configuration = LedgerConfiguration(connectionString)
    configuration.deadline = RecordingSession.ample
    return configuration
  }
}
