extension RecorderState {
  /// One caller's events. They are recorded in their order, so what is known of them are stretches: first
  /// those that have their results, then those that were sent, those that wait inside, and those outside.
  struct Call {
    let caller: Caller
    let events: any RecordableEvents
    let count: Int
    let arrived: Instant
    let deadline: Instant
    /// All its events go over one lane, which keeps their order.
    let lane: Int
    /// The results of the first events, as many as `settled`.
    var results: [RecordResult] = []
    var sent = 0
    /// Whether some of its events have been on their way.
    var wasSent = false
    var admitted = 0
    /// Stretches of events that failed and will be sent again; later events wait for them.
    var retrying = 0
    var isInLine = false
    var isAtEntrance = false
    var offices = OfficeBindings.Held()

    var settled: Int { results.count }

    init(
      caller: Caller, events: any RecordableEvents, arrived: Instant, deadline: Instant, lane: Int
    ) {
      self.caller = caller
      self.events = events
      count = events.count
      self.arrived = arrived
      self.deadline = deadline
      self.lane = lane
    }

    /// Whether events are outside that may come in as soon as there is room.
    func hasMoreOutside(share: Int) -> Bool {
      admitted < count && admitted - results.count < share
    }
  }

  /// One connection's worth of recording.
  struct Lane {
    /// Whether somebody takes batches from it.
    var isRunning = false
    /// Calls with events to be sent, in the order of their turns.
    var line = FIFO<Int>()
    /// Its events inside, sent or not.
    var load = 0
    /// The batch that was sent last and has not ended.
    var flight: RecorderBatch?
    /// Batches to be sent again, the oldest first.
    var backlog: [RecorderBatch] = []
    /// Until then nothing is sent, since the server is in trouble.
    var heldUntil: Instant?
    /// Failures in a row.
    var failures = 0
    /// What the last of them was, for those whose deadline passes.
    var lastError: LedgerError?

    /// Books that are known to be held by another program.
    var heldBooks: Set<OfficeBindings.Book> { Set(backlog.compactMap(\.heldBook)) }

    /// Whether a batch could be sent now.
    func hasWork(now: Instant) -> Bool {
      if let heldUntil, heldUntil > now { return false }
      return !line.isEmpty || nextInBacklog(now: now) != nil
    }

    /// The first batch that may be sent again now. One that waits keeps back those behind it that have events
    /// of the same calls or need the same held book.
    func nextInBacklog(now: Instant) -> Int? {
      var waiting: Set<Int> = []
      var held: Set<OfficeBindings.Book> = []
      for (index, batch) in backlog.enumerated() {
        let isDue = batch.notBefore.map { $0 <= now } ?? true
        let isHeld = batch.heldBook.map { held.contains($0) } ?? false
        if isDue, !isHeld, !batch.slices.contains(where: { waiting.contains($0.call) }) { return index }
        waiting.formUnion(batch.slices.map(\.call))
        if let book = batch.heldBook { held.insert(book) }
      }
      return nil
    }

    /// When something that waits may be sent; `nil` when nothing waits for a moment to come.
    func nextMoment(now: Instant) -> Instant? {
      if let heldUntil, heldUntil > now { return line.isEmpty && backlog.isEmpty ? nil : heldUntil }
      return backlog.compactMap(\.notBefore).filter { $0 > now }.min()
    }
  }
}
