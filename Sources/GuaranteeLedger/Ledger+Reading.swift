import PostgresClient

extension Ledger {
  /// Runs one statement that reads, and returns all its rows. A connection that is lost meanwhile is replaced
  /// and asked again, once.
  ///
  /// - Parameter deadline: How long it may take; `nil` for the ledger's own deadline.
  func query(
    _ sql: String, _ parameters: [String?] = [], prepared: Bool = false, deadline: Duration? = nil
  ) async throws(LedgerError) -> PostgresResult {
    do {
      return try await retrying(for: deadline ?? ownDeadline) { end in
        try await withConnection(by: end) { connection in
          try await connection.query(
            desk.statement(sql), parameters, prepared: prepared, deadline: end?.left)
        }
      }
    } catch {
      throw LedgerError(reading: error)
    }
  }

  /// Runs a reading and returns all its rows, looking back if the ledger does.
  func query(
    _ reading: some StatementOfReading, prepared: Bool = false, deadline: Duration? = nil
  ) async throws(LedgerError) -> PostgresResult {
    let (sql, parameters) = (reading.sql(lookBack), reading.parameters)
    guard let lookBack else {
      return try await query(sql, parameters, prepared: prepared, deadline: deadline)
    }
    do {
      return try await retrying(for: deadline ?? ownDeadline) { end in
        try await withConnection(by: end) { connection in
          try await looking(back: lookBack, over: connection, by: end) {
            try await connection.query(desk.statement(sql), parameters, deadline: end?.left)
          }
        }
      }
    } catch {
      throw LedgerError(reading: error)
    }
  }

  /// Runs a reading and hands over its rows as they come, looking back if the ledger does.
  @discardableResult
  func read(
    _ reading: Reading, deadline: Duration? = nil, isPatient: Bool = false,
    _ body: ([PostgresColumn], [PostgresRow]) async throws -> Void
  ) async throws -> [PostgresColumn] {
    try await read(
      reading.sql(lookBack), reading.parameters, lookingBack: reading.looksBack ? lookBack : nil,
      deadline: deadline, isPatient: isPatient, body)
  }

  /// Runs one statement that reads and hands over its rows as they come, in constant memory. A connection that
  /// is lost before the first row is replaced and asked again, once.
  ///
  /// - Parameters:
  ///   - deadline: How long the database may take for it in all; the time that `body` takes doesn't count. `nil` for the
  ///     ledger's own deadline.
  ///   - isPatient: Whether the rows may take as long as they do, since whoever looks at them may be slow; then
  ///     the deadline is for the connection alone.
  /// - Returns: The columns, also when there was no row.
  /// - Throws: `LedgerError`, or what `body` throws.
  @discardableResult
  func read(
    _ sql: String, _ parameters: [String?] = [], lookingBack: LookBack? = nil, deadline: Duration? = nil,
    isPatient: Bool = false, _ body: ([PostgresColumn], [PostgresRow]) async throws -> Void
  ) async throws -> [PostgresColumn] {
    var isBegun = false
    let isTooLate = { isBegun }
    do {
      return try await retrying(unless: isTooLate, for: deadline ?? ownDeadline) { end in
        try await withConnection(by: end) { connection in
          let end = isPatient ? nil : end
          return try await looking(back: lookingBack, over: connection, by: end) {
            try await connection.streamBatches(desk.statement(sql), parameters, deadline: end?.left) {
              columns, rows in
              isBegun = true
              try await body(columns, rows)
            }
          }
        }
      }
    } catch let error as PostgresError {
      throw LedgerError(reading: error)
    }
  }

  /// Runs `body` in a transaction in which the readings of the past look back; without a look back, as it is.
  private func looking<Value>(
    back lookBack: LookBack?, over connection: PostgresConnection, by end: ContinuousClock.Instant?,
    _ body: () async throws -> Value
  ) async throws -> Value {
    guard let lookBack else { return try await body() }
    func look() async throws -> Value {
      _ = try await connection.query(
        desk.statement(LookBack.statement), lookBack.parameters, deadline: end?.left)
      return try await body()
    }
    if case .transaction = access { return try await look() }
    return try await connection.transaction(
      .reading, deadline: end?.left, commitDeadline: configuration.deadline
    ) { _ in try await look() }
  }

  /// Runs `body` with a connection: the transaction's, or one of the pool that nobody else has meanwhile.
  ///
  /// - Parameter end: Until when to wait for it; `nil` for as long as the ledger's own deadline says.
  func withConnection<Value>(
    by end: ContinuousClock.Instant? = nil, _ body: (PostgresConnection) async throws -> Value
  ) async throws -> Value {
    switch access {
    case .transaction(let connection, _): try await body(connection)
    case .shared(let core):
      try await core.pool.withConnection(deadline: end?.left ?? core.configuration.deadline, body)
    }
  }

  /// `nil` inside a transaction, whose end is somebody else's to decide.
  private var ownDeadline: Duration? {
    if case .shared(let core) = access { core.configuration.deadline } else { nil }
  }

  /// Runs what reads, and once more when its connection was lost, unless it is too late for that. Not more often, since
  /// the reading itself may be what ends its session. Where a pooler says that it has none, none has begun: then it goes
  /// on until the deadline.
  private func retrying<Value>(
    unless isOver: () -> Bool = { false }, for deadline: Duration?,
    _ body: (_ end: ContinuousClock.Instant?) async throws -> Value
  ) async throws -> Value {
    let end = deadline.map { ContinuousClock.now + $0 }
    var (refusals, isRepeated) = (0, false)
    while true {
      do {
        return try await body(end)
      } catch let error as PostgresError {
        guard error.kind == .connectionLost, !isOver(), let end, end.left > .zero else { throw error }
        if error.isPoolers {
          refusals += 1
          let pause = PoolBackoff().delay(afterFailures: refusals, random: .random(in: 0 ... .max))
          // A cancellation shows in the next attempt.
          try? await Task.sleep(for: min(pause, end.left))
        } else if isRepeated {
          throw error
        } else {
          isRepeated = true
        }
      }
    }
  }
}

extension ContinuousClock.Instant {
  /// How long it is until then: asked anew before each wait, so that all of them together keep to one deadline.
  var left: Duration { self - .now }
}

extension PostgresError {
  /// Whether a pooler said why it ended the connection: a server that ends one has other codes.
  fileprivate var isPoolers: Bool { sqlState?.conditionClass == "08" }
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

  /// What any error of a call that reads means: nothing was to be changed, so nothing is unknown.
  package init(reading error: any Error) {
    guard var error = error as? PostgresError else {
      self.init(any: error)
      return
    }
    error.effect = .none
    self.init(error)
  }
}
