extension PostgresConnection {
  /// Runs `COPY … FROM STDIN` with the bytes that `nextChunk` returns until it returns `nil`.
  ///
  /// Chunks may be cut anywhere and are sent at the server's pace; some 64 kB each is good. A COPY that fails
  /// changes nothing, and the connection goes on: when `nextChunk` throws, the server is told to refuse what
  /// it got, and that error is thrown on.
  ///
  /// - Parameter deadline: for all of it, `nextChunk` included.
  /// - Returns: how many rows were copied.
  @discardableResult
  package nonisolated func copyIn(
    _ sql: String, deadline: Duration? = nil, _ nextChunk: () async throws -> [UInt8]?
  ) async throws -> Int {
    let scope = transferScope(deadline)
    let grant = try await beginCopy(sql, .copyIn, scope)
    do {
      try await scope.hold {
        while let chunk = try await nextChunk(), try await put(chunk, grant) {}
      }
      let rows = try await endCopyIn(refusing: nil, grant)
      await endTransfer(scope)
      return rows
    } catch {
      // Does nothing when the error came from the server itself, which has ended the COPY.
      _ = try? await endCopyIn(refusing: "the client's data could not be read", grant)
      await endTransfer(scope)
      throw error
    }
  }

  /// Runs `COPY … FROM STDIN` with a text that is at hand.
  @discardableResult
  package nonisolated func copyIn(_ sql: String, _ text: String, deadline: Duration? = nil)
    async throws -> Int
  {
    var chunk: [UInt8]? = Array(text.utf8)
    return try await copyIn(sql, deadline: deadline) {
      defer { chunk = nil }
      return chunk
    }
  }

  /// Runs `COPY … TO STDOUT` and hands over what comes, whole rows at a time, at the pace of `body`.
  ///
  /// When `body` throws before the end, the connection is closed.
  ///
  /// - Returns: how many rows were copied; a header is none.
  @discardableResult
  package nonisolated func copyOut(
    _ sql: String, deadline: Duration? = nil, _ body: ([UInt8]) async throws -> Void
  ) async throws -> Int {
    let scope = transferScope(deadline)
    let grant = try await beginCopy(sql, .copyOut, scope)
    do {
      let rows = try await scope.hold {
        while true {
          let piece = try await take(grant)
          if !piece.bytes.isEmpty { try await body(piece.bytes) }
          if let rows = piece.rows { return rows }
        }
      }
      await endTransfer(scope)
      return rows
    } catch {
      await endTransfer(scope)
      throw error
    }
  }

  private nonisolated func beginCopy(
    _ sql: String, _ direction: LibPQResult.Status, _ scope: ConnectionScope
  ) async throws(PostgresError) -> ConnectionTurns.Grant {
    try await beginTransfer(scope) { (libpq, deadline) throws(PostgresError) in
      try libpq.send(script: sql)
      try libpq.flush(until: deadline)
      guard let result = try libpq.nextResult(until: deadline) else { throw libpq.lost() }
      if result.status == direction { return }
      let failure = result.status == .failed ? result.error : nil
      _ = try libpq.collect(until: deadline)
      try libpq.check(failure)
      throw PostgresError(.misuse, "the statement is not a COPY in this direction")
    }
  }

  /// Returns false when the server has refused the data.
  private nonisolated func put(_ chunk: [UInt8], _ grant: ConnectionTurns.Grant)
    async throws(PostgresError) -> Bool
  {
    try await perform(grant) { (libpq, deadline) throws(PostgresError) in
      try libpq.putCopyData(chunk, until: deadline)
    }
  }

  private nonisolated func endCopyIn(
    refusing reason: String?, _ grant: ConnectionTurns.Grant
  ) async throws(PostgresError) -> Int {
    try await perform(grant, heedingCancellation: reason == nil) {
      (libpq, deadline) throws(PostgresError) in
      if libpq.isReady { return 0 }
      try libpq.endCopyData(refusing: reason, until: deadline)
      return try libpq.collect(until: deadline).affectedRows
    }
  }

  /// The next rows; with the last comes how many there were.
  private nonisolated func take(_ grant: ConnectionTurns.Grant) async throws(PostgresError)
    -> (bytes: [UInt8], rows: Int?)
  {
    try await perform(grant) { (libpq, deadline) throws(PostgresError) in
      var bytes: [UInt8] = []
      bytes.reserveCapacity(Self.pieceSize + 4096)
      while bytes.count < Self.pieceSize {
        guard try libpq.getCopyData(into: &bytes, until: deadline) else {
          return (bytes, try libpq.collect(until: deadline).affectedRows)
        }
      }
      return (bytes, nil)
    }
  }

  private static let pieceSize = 1 << 16
}
