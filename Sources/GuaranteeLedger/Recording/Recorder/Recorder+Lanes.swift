import Logging
import PostgresClient
import Tracing

extension Recorder {
  /// How long a lane waits for a connection before it looks whether anybody still wants it.
  private static let connectPatience = Duration.seconds(5)

  /// Sends one batch of a lane after the other while there are any: takes a connection, sends, hands out the
  /// results, lets those who got theirs go on, and then takes what has gathered meanwhile.
  func run(_ lane: Int) async {
    while ask({ $0.goesOn(lane, now: .now) }) {
      do {
        let answered = try await pool.withConnection(deadline: Self.connectPatience) { connection in
          await sendBatch(of: lane, over: connection)
        }
        await gather(lane, after: answered)
      } catch {
        failToConnect(lane, error)
      }
      metrics?.queued(ask { $0.occupied })
    }
  }

  /// Runs where the connection does: a batch costs the same changes of threads as a statement alone.
  ///
  /// - Returns: How many callers got their answers.
  private func sendBatch(of lane: Int, over connection: isolated PostgresConnection) async -> Int {
    let begin = ContinuousClock.now
    // Nothing is sent whose deadline has passed.
    perform { $0.wakeIfDue(now: begin) }
    let (sending, queued) = ask { state in (state.take(lane, now: begin), state.occupied) }
    guard let sending else { return 0 }
    metrics?.sent(sending, queued: queued, now: begin)
    let span = spans?.batch(sending)
    defer {
      span?.end()
      metrics?.ended(after: begin.duration(to: .now))
    }
    do throws(BatchFailure) {
      let results = try await RecordingAttempt(sending, over: connection).results()
      metrics?.succeeded(results)
      return perform { $0.succeed(lane, results, now: .now) }
    } catch {
      span?.setStatus(SpanStatus(code: .error, message: error.reason))
      if error.spoilsConnection { await connection.close() }
      tell(error, of: sending)
      let (session, jitter) = (connection.isOpen ? nil : connection.server.backendPID, Self.jitter())
      return perform { $0.fail(lane, error, session: session, jitter: jitter, now: .now) }
    }
  }

  /// Lets the callers who just got their answers send what they have next, so that it goes into one batch with
  /// what waits: a batch of one takes nearly as long as one of thirty. No timer: it ends when nobody sends any
  /// more. One who records alone is not waited for.
  private func gather(_ lane: Int, after answered: Int) async {
    var waiting = ask { $0.waiting(on: lane) }
    guard answered > 1 || waiting > 0 else { return }
    let expected = waiting + answered
    for _ in 0..<4 where waiting < expected {
      await Task.yield()
      let before = waiting
      waiting = ask { $0.waiting(on: lane) }
      if waiting == before { return }
    }
  }

  // MARK: Failing

  private func failToConnect(_ lane: Int, _ error: any Error) {
    let cause = error as? PostgresError
    let isLasting = cause.map { $0.isPermanentRefusal || $0.kind == .closed } ?? true
    let reason = cause?.reason ?? "\(type(of: error))"
    logger.warning("No connection to record over", metadata: ["reason": "\(reason)"])
    metrics?.unreachable(reason)
    let (error, jitter) = (LedgerError(any: error), Self.jitter())
    perform { $0.failToConnect(lane, error, isLasting: isLasting, jitter: jitter, now: .now) }
  }

  private func tell(_ failure: BatchFailure, of sending: Sending) {
    let isOpen = failure.mayBeRecorded || sending.maybeRecordedSince != nil
    let isOver = failure.isFinal(for: sending.count, attempts: sending.attempts + 1, mayBeRecorded: isOpen)
    logger.log(
      level: isOver ? .error : failure.isEverybodys ? .warning : .notice,
      isOver
        ? "A batch of events was given up" : "A batch of events failed and is sent again while anybody waits",
      metadata: [
        "reason": "\(failure.reason)", "events": "\(sending.count)", "attempt": "\(sending.attempts + 1)",
        "outcome": isOpen ? "unknown" : "not recorded",
      ])
  }

  private static func jitter() -> Int { Int.random(in: 0..<1_024) }
}

extension PostgresError {
  /// For logs and metrics: the SQLSTATE, or our own word where the server said none. Never what was said.
  var reason: String { sqlState?.rawValue ?? "\(kind)" }
}
