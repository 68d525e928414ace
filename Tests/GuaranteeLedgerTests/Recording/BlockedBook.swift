import GuaranteeLedger
import LedgerTestSupport
import PostgresClient
import TestSupport

/// A ledger with the office O, whose book somebody else has locked: what is recorded waits until it is let go.
struct BlockedBook {
  let connectionString: String
  let ledger: Ledger
  private let holder: PostgresConnection

  /// Runs `body` with such a ledger; the book is free again behind it.
  static func with(
    _ change: @Sendable (inout LedgerConfiguration) -> Void = { _ in },
    _ body: @Sendable (BlockedBook) async throws -> Void
  ) async throws {
    try await TemporaryServer.shared.withDatabase(template: emptyLedger) { connectionString in
      var configuration = LedgerConfiguration.patient(connectionString)
      configuration.recordingConnections = 1
      change(&configuration)
      let ledger = try await Ledger.open(configuration)
      let holder = try await PostgresConnection.connect(to: connectionString)
      _ = try await ledger.record([office("O")])
      let book = BlockedBook(connectionString: connectionString, ledger: ledger, holder: holder)
      try await book.block()
      do {
        try await body(book)
      } catch {
        await holder.close()
        await ledger.close()
        throw error
      }
      await holder.close()
      await ledger.close()
    }
  }

  func block() async throws {
    try await holder.execute("begin; select from guarantee.book where office = 'O' for update")
  }

  func free() async throws {
    try await holder.execute("commit")
  }

  /// Returns once the database has a batch that waits for the book.
  func waitForBatch() async throws {
    let sql = """
      select count(*) > 0 from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query like '%guarantee_api.record(%'
      """
    try await until { try await holder.query(sql).value == "t" }
  }

  /// Returns once there is no room left inside the ledger.
  func waitForFullQueue() async throws {
    try await until { await start("probe", deadline: .zero).value.error?.code == .queueFull }
  }

  /// The keys in the journal, in its order.
  func journal() async throws -> [String] {
    try await holder.query("select key from guarantee.event where office = 'O' order by sequence").rows.map {
      $0[0] ?? ""
    }
  }

  /// Starts a call with one event in a task of its own.
  func start(_ key: String, deadline: Duration? = nil) -> Task<Result<[RecordResult], LedgerError>, Never> {
    let ledger = ledger
    return Task {
      do throws(LedgerError) {
        return .success(try await ledger.record([receipt(key, amount: "1.00")], deadline: deadline))
      } catch {
        return .failure(error)
      }
    }
  }
}

extension Result where Success == [RecordResult], Failure == LedgerError {
  var codes: [String]? { try? get().map(\.code) }
  var error: LedgerError? { if case .failure(let error) = self { error } else { nil } }
}
