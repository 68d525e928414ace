/// What readings of a ledger show when they look back: the books of a day, what was known at a time, or both.
struct LookBack: Sendable, Hashable {
  /// Events with later dates are left out; `nil` for none.
  var asOf: LedgerDate?
  /// Events recorded later are left out; `nil` for none.
  var knownAt: WrittenTime?

  /// What has the readings of the past show it, until the end of the transaction.
  static let statement = "select guarantee_past.look_back($1, $2)"

  var parameters: [String?] { [asOf?.description, knownAt?.description] }
}

extension Ledger {
  /// The ledger as its books were on a day: readings of it take only events with dates up to that day, and the day
  /// for today.
  ///
  /// What was recorded later, under an earlier date, counts: see ``knownAt(_:)``. Recording is not affected, nor are
  /// ``check(deadline:)``, ``lapsed(office:deadline:)``, next steps, members, receipts and the feed, which are always about
  /// all there is.
  ///
  /// - Parameter date: The day. Readings fail with `notYet` when it lies after today.
  public func asOf(_ date: LedgerDate) -> Ledger { lookingBack(asOf: date, knownAt: lookBack?.knownAt) }

  /// The ledger as it was known at a time: readings of it take only what was recorded by then, and that time's day
  /// for today. They give what they would have given at that time.
  ///
  /// Together with ``asOf(_:)`` they say what was believed then of a day:
  ///
  /// ```swift
  /// let believed = ledger.asOf(yearEnd).knownAt(audit)
  /// for try await line in believed.trialBalance() { print(line.role, line.debit ?? line.credit ?? "") }
  /// ```
  ///
  /// The rules are not part of it: they are those that the program brings.
  ///
  /// - Parameter time: The time. Readings fail with `notYet` when it lies ahead, and wait for those who are recording
  ///   and began before it.
  public func knownAt(_ time: LedgerTime) -> Ledger {
    lookingBack(asOf: lookBack?.asOf, knownAt: WrittenTime(time))
  }

  /// The ledger as of a day and as known at a time; `nil` for either shows it as it is.
  package func lookingBack(asOf date: LedgerDate?, knownAt time: WrittenTime?) -> Ledger {
    var ledger = self
    ledger.lookBack = date == nil && time == nil ? nil : LookBack(asOf: date, knownAt: time)
    return ledger
  }
}
