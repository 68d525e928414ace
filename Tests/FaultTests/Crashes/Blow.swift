import Glibc
import PostgresClient
import TestSupport
import Testing

/// What falls on a server, or on a program that records, without warning.
enum Blow: String, CaseIterable, Sendable {
  case restart = "restart -m fast"
  case restartAtOnce = "restart -m immediate"
  case backendKilled
  case serverKilled
  case programKilled
  /// Every process of the server and the program, all at once.
  case allKilled
  /// The server stands still for longer than anybody waits for it, then it goes on.
  case serverStopped

  /// How often it falls.
  var count: Int {
    guard FaultPlan.isLong else { return 2 }
    return self == .backendKilled || self == .programKilled ? 100 : 20
  }

  /// Strikes, and returns when the server is up again.
  func fall(on ledger: FaultLedger, and program: ProgramClient) async throws {
    switch self {
    case .restart, .restartAtOnce: try await ledger.server.control(rawValue)
    case .backendKilled: try await Self.killBackend(of: ledger)
    case .serverKilled:
      ledger.server.kill()
      try await ledger.server.startAgain()
    case .programKilled: try await program.killOne()
    case .allKilled:
      program.killAll()
      ledger.server.killAll()
      try await ledger.server.startAgain()
    case .serverStopped: try await Self.stop(ledger.server)
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

  private static func stop(_ server: TemporaryServer) async throws {
    server.freeze()
    // Whoever waits as long as the callers wait for an attempt has waited in vain.
    var options = PostgresConnectOptions()
    options.deadline = CrashTests.attemptTimeout * 2
    let error = await #expect(throws: PostgresError.self) {
      try await PostgresConnection.connect(to: server.connectionString(), options)
    }
    #expect(error?.kind == .deadlineExceeded)
    server.thaw()
  }
}
