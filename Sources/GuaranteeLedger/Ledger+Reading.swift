import PostgresClient

extension Ledger {
  /// Runs one statement that reads, and returns all its rows. A connection that is lost meanwhile is replaced
  /// and asked again, until the ledger's deadline.
  func query(
    _ sql: String, _ parameters: [String?] = [], prepared: Bool = false
  ) async throws(LedgerError) -> PostgresResult {
    do {
      return try await retrying { () async throws in
        try await withConnection { connection in
          try await connection.query(sql, parameters, prepared: prepared, deadline: deadline)
        }
      }
    } catch {
      throw LedgerError(any: error)
    }
  }

  /// Runs one statement that reads and hands over its rows as they come. A connection that is lost before the
  /// first row is replaced and asked again, until the ledger's deadline.
  ///
  /// - Returns: The columns, also when there was no row.
  func stream(
    _ sql: String, _ parameters: [String?], _ row: ([PostgresColumn], PostgresRow) async throws -> Void
  ) async throws -> [PostgresColumn] {
    var isBegun = false
    do {
      return try await retrying(unless: { isBegun }) {
        try await withConnection { connection in
          try await connection.stream(sql, parameters) { columns, values in
            isBegun = true
            try await row(columns, values)
          }
        }
      }
    } catch let error as PostgresError {
      throw LedgerError(error)
    }
  }

  /// Runs `body` with a connection: the transaction's, or one of the pool that nobody else has meanwhile.
  func withConnection<Value>(_ body: (PostgresConnection) async throws -> Value) async throws -> Value {
    switch access {
    case .transaction(let connection): try await body(connection)
    case .shared(let core):
      try await core.pool.withConnection(deadline: core.configuration.deadline, body)
    }
  }

  /// `nil` inside a transaction, whose end is somebody else's to decide.
  private var deadline: Duration? {
    if case .shared(let core) = access { core.configuration.deadline } else { nil }
  }

  private func retrying<Value>(
    unless isOver: () -> Bool = { false }, _ body: () async throws -> Value
  ) async throws -> Value {
    let end = deadline.map { ContinuousClock.now + $0 }
    while true {
      do {
        return try await body()
      } catch let error as PostgresError {
        guard error.isLostConnection, !isOver(), let end, ContinuousClock.now < end else { throw error }
      }
    }
  }
}

extension PostgresError {
  /// Whether another connection may give the answer that this one could not.
  fileprivate var isLostConnection: Bool {
    kind == .connectionLost
  }
}

extension LedgerError {
  /// What any error of a call means to those who use the ledger.
  init(any error: any Error) {
    switch error {
    case let error as LedgerError: self = error
    case let error as PostgresError: self.init(error)
    default: self.init(.database, "Something unexpected happened: \(error).")
    }
  }
}
