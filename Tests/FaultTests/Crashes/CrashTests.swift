import Glibc
import GuaranteeLedger
import PostgresClient
import TestSupport
import Testing

@Suite("A server that crashes under the load of eight callers", .serialized, .heavy, .patience)
struct CrashTests {
  enum Blow: String, CaseIterable, Sendable {
    case restart = "restart -m fast"
    case restartAtOnce = "restart -m immediate"
    case backendKilled
    case serverKilled

    /// How often it falls.
    var count: Int {
      guard FaultPlan.isLong else { return 2 }
      return self == .backendKilled ? 100 : 20
    }

    func fall(on ledger: FaultLedger) async throws {
      switch self {
      case .restart, .restartAtOnce: try await ledger.server.control(rawValue)
      case .backendKilled: try await Self.killBackend(of: ledger)
      case .serverKilled:
        ledger.server.kill()
        try await ledger.server.startAgain()
      }
    }

    /// Kills a session of the ledger, upon which the server ends all and recovers.
    private static func killBackend(of ledger: FaultLedger) async throws {
      let sessions = "select pid from pg_stat_activity where datname = '\(ledger.database)'"
      try await until {
        // The server may still be recovering from the last one.
        guard let observer = try? await PostgresConnection.connect(to: ledger.server.connectionString())
        else { return false }
        let pid = try? await observer.query(sessions).value.flatMap { Int32($0) }
        await observer.close()
        return pid.map { kill($0, SIGKILL) == 0 } ?? false
      }
    }
  }

  @Test("What was acknowledged is there once, what was refused is not", arguments: Blow.allCases)
  func crash(blow: Blow) async throws {
    let ledger = try await FaultLedger.make(on: try await TemporaryServer())
    let opened = try await Ledger.open(.patient(ledger.direct))
    var workload = Workload(seed: FaultPlan.seed)
    let answers = try await UnderLoad(blowCount: blow.count).run(
      LedgerClient(ledger: opened), &workload, run: "\(blow)"
    ) { _ in try await blow.fall(on: ledger) }
    await opened.shutDown()
    let audit = try await ledger.audit(answers)
    print("\(blow): \(blow.count) times, \(answers.count) answers, \(audit.recordedCount) recorded")
    #expect(audit.findings == [], "seed \(FaultPlan.seed)")
    #expect(answers.unsettled == [])
  }
}
