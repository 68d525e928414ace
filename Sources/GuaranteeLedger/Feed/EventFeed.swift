/// The events of the journal with their entries: first what is there, then what comes.
///
/// Within each office they come in the order of their sequence numbers, none missing and none twice, whatever
/// happens to the connection; it is made again as often as it takes. Offices are interleaved by the time of
/// recording, so that an event comes after those that it was recorded after.
///
/// Every iterator has a connection of its own, which is closed when it ends or is dropped. It reads as much as
/// its consumer takes, and a slow one holds nobody up. Cancelling the consuming task ends the sequence.
public struct EventFeed: AsyncSequence, Sendable {
  public typealias Element = RecordedEvent
  public typealias Failure = LedgerError

  let connectionString: String
  let position: FeedPosition
  let options: FeedOptions

  public func makeAsyncIterator() -> Iterator {
    Iterator(follower: Follower(connectionString, after: position, options))
  }

  /// Goes through the events, one consumer at a time.
  public struct Iterator: AsyncIteratorProtocol {
    let follower: Follower

    /// The next event, as soon as there is one; `nil` when the task was cancelled, and behind the last
    /// one when the feed was to end with what there was.
    ///
    /// - Throws: What waiting can't mend, such as a login that may not read; then the feed has ended. A lost
    ///   connection or a server that is down is waited for. `eventsLost` when the server was replaced by one that
    ///   lacks what was handed out, or what the position says was seen.
    public mutating func next() async throws(LedgerError) -> RecordedEvent? {
      try await follower.next()
    }

    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(LedgerError) -> RecordedEvent? {
      try await follower.next()
    }
  }
}

@available(*, unavailable)
extension EventFeed.Iterator: Sendable {}
