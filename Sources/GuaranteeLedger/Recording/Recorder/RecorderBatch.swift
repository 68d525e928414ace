/// Events that are recorded in one round trip and one commit, of one call or of many.
struct RecorderBatch: Equatable {
  /// Some of a call's events, one behind the other.
  struct Slice: Equatable {
    let call: Int
    var positions: Range<Int>
  }

  private(set) var slices: [Slice] = []
  private(set) var count = 0
  /// How often it was sent and failed.
  var attempts = 0
  /// What it failed by, for metrics.
  var failureReason: String?
  /// When it was sent last.
  var sentAt: ContinuousClock.Instant?
  /// When an attempt was first sent that may have been committed without our knowing; `nil`: there is none.
  var maybeRecordedSince: ContinuousClock.Instant?
  /// Sessions in which such attempts may go on although their connections are gone.
  var lostSessions: [LostSession] = []
  /// How often it was given up because a book that it needs was held for too long.
  var heldAttempts = 0
  /// The one book that it needs, once that was found to be held; events that need it gather here.
  var heldBook: OfficeBindings.Book?
  /// Not to be sent again before; `nil`: as soon as can be.
  var notBefore: ContinuousClock.Instant?

  init() {}

  /// Whether an attempt may have been committed without our knowing.
  var mayBeRecorded: Bool { maybeRecordedSince != nil }

  mutating func append(_ positions: Range<Int>, of call: Int) {
    count += positions.count
    if let last = slices.last, last.call == call, last.positions.upperBound == positions.lowerBound {
      slices[slices.count - 1].positions = last.positions.lowerBound..<positions.upperBound
    } else {
      slices.append(Slice(call: call, positions: positions))
    }
  }

  /// Takes out the slices of calls that need them no longer.
  ///
  /// - Returns: How many events those were.
  mutating func removeSlices(where isNeedless: (Slice) -> Bool) -> Int {
    let before = count
    slices.removeAll { slice in
      guard isNeedless(slice) else { return false }
      count -= slice.positions.count
      return true
    }
    return before - count
  }

  /// The first half of its events and the second, in their order.
  var halves: [RecorderBatch] {
    var halves = [emptied, emptied]
    let middle = count / 2
    var position = 0
    for slice in slices {
      let (start, end) = (slice.positions.lowerBound, slice.positions.upperBound)
      let cut = min(max(start + middle - position, start), end)
      if start < cut { halves[0].append(start..<cut, of: slice.call) }
      if cut < end { halves[1].append(cut..<end, of: slice.call) }
      position += slice.positions.count
    }
    return halves
  }

  /// A batch without events that has the same past.
  var emptied: RecorderBatch {
    var batch = self
    batch.slices = []
    batch.count = 0
    batch.attempts = 0
    batch.heldBook = nil
    batch.notBefore = nil
    return batch
  }
}
