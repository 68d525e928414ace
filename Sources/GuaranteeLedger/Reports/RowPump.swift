import Synchronization

/// Brings the rows of a reading from a connection to whoever iterates over them, no faster than they are taken.
///
/// The task that holds the connection ends when the last row was taken, and at once when nobody refers to the
/// pump any more.
final class RowPump: Sendable {
  private let channel: RowChannel
  private let task: Task<Void, Never>

  init(_ reading: Reading, of ledger: Ledger, deadline: Duration?) {
    let channel = RowChannel()
    self.channel = channel
    task = Task {
      do {
        try await ledger.read(reading, deadline: deadline) { _, rows in
          try await channel.send(rows)
        }
        channel.finish(nil)
      } catch {
        channel.finish(
          error as? LedgerError ?? LedgerError(.database, "The rows could not be read: \(error)."))
      }
    }
  }

  /// The next rows, at least one; `nil` after the last.
  func next() async throws(LedgerError) -> [[String?]]? {
    let result = await withTaskCancellationHandler {
      await channel.next()
    } onCancel: {
      channel.abandon()
      task.cancel()
    }
    return try result.get()
  }

  deinit {
    channel.abandon()
    task.cancel()
  }
}

/// Hands over batches of rows from the task that reads them to the one that takes them: one is offered at a time.
final class RowChannel: Sendable {
  typealias Rows = [[String?]]
  typealias Taken = Result<Rows?, LedgerError>

  private typealias Handover = RowHandover<
    CheckedContinuation<Bool, Never>, CheckedContinuation<Taken, Never>
  >

  private let handover = Mutex(Handover())

  /// Offers rows and waits until they are taken.
  ///
  /// - Throws: `CancellationError` when nobody will take them.
  func send(_ rows: Rows) async throws(CancellationError) {
    guard !rows.isEmpty else { return }
    let isTaken = await withCheckedContinuation { giver in
      perform(handover.withLock { $0.offer(rows, by: giver) })
    }
    if !isTaken { throw CancellationError() }
  }

  /// Says that no further rows come, and why if not all have come.
  func finish(_ error: LedgerError?) {
    perform(handover.withLock { $0.finish(error) })
  }

  /// The next rows; `nil` after the last, the error if there was one.
  func next() async -> Taken {
    await withCheckedContinuation { taker in
      perform(handover.withLock { $0.take(by: taker) })
    }
  }

  /// Says that no rows will be taken any more.
  func abandon() {
    perform(handover.withLock { $0.abandon() })
  }

  private func perform(_ actions: Handover.Actions) {
    if let (giver, isTaken) = actions.giver { giver.resume(returning: isTaken) }
    if let (taker, taken) = actions.taker { taker.resume(returning: taken) }
  }
}
