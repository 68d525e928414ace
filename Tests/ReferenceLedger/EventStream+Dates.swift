/// Dates around those that matter: deadlines, ends of cover, closed books.
extension EventStream {
  mutating func date(of draft: Draft) -> Day {
    let event = draft["event"]!
    guard let name = draft["dispute"], let dispute = ledger.disputes[name] else {
      return officeDate(of: draft)
    }
    let reached = clock(of: name)
    if random.chance(percent: 4) {
      return max(dispute.stageSince, reached - random.within(1...20))
    }
    if let end = draft["guarantor"].flatMap(dispute.expiry), random.chance(percent: 10) {
      return min(max(end + random.below(2), dispute.stageSince), EventStream.latest)
    }
    if let due = dueDate(of: event, in: dispute) {
      let isAllowed = dispute.history.isEmpty || !EventStream.stopping.contains(event)
      let day =
        isAllowed
        ? due + random.pick(weighted: [(1, 8), (0, 2), (-1, 1), (random.within(2...30), 3)])
        : random.pick(weighted: [(reached, 8), (due, 2), (due + 1, 1)])
      return min(max(day, random.chance(percent: 95) ? reached : day), EventStream.latest)
    }
    return min(reached + step(), EventStream.latest)
  }

  static let stopping: Set = ["lodge_security", "accept_suit"]

  private mutating func step() -> Int {
    random.pick(weighted: [(0, 10), (1, 5), (random.within(2...6), 5), (random.within(7...60), 1)])
  }

  /// The end of a deadline that the event stops or that allows it; nil if there is none.
  mutating func dueDate(of event: String, in dispute: Dispute) -> Day? {
    if event == "release_lot" && dispute.isDecided { return nil }
    let dates = ledger.deadlines(of: dispute).filter { deadline in
      deadline.rule.onExpiry.contains { $0.event == event }
        || (EventStream.stopping.contains(event) && deadline.rule.stops.contains(event)
          && !deadline.rule.onExpiry.isEmpty)
    }.map { deadline in
      // Where the working days are not known, somewhere near the end must do.
      ledger.due(deadline) ?? deadline.start + deadline.rule.period + deadline.rule.period / 3
    }
    return dates.isEmpty ? nil : random.pick(dates)
  }

  private mutating func officeDate(of draft: Draft) -> Day {
    let office = draft["office"] ?? "QINGDAO"
    let window = window(of: office)
    if draft["event"] == "grant_facility" {
      let isEarly = random.chance(percent: 85)
      let end = ledger.offices[office]?.closedThrough.map { $0 + 1 } ?? Day("2016-01-05")!
      return isEarly ? end : max(end, window.first + random.below(window.days))
    }
    if draft["event"] == "close_period" {
      let from = ledger.offices[office]?.closedThrough ?? window.first - 60
      return min(from + random.within(1...15), EventStream.latest)
    }
    let day = window.first + random.below(window.days)
    guard let end = ledger.offices[office]?.closedThrough, random.chance(percent: 97) else {
      return day
    }
    return max(day, end + 1)
  }

  mutating func otherDate(_ field: String, in draft: Draft) -> String {
    let on = Day(draft["on"]!)!
    switch field {
    case "day":
      let year = random.pick(weighted: [
        (2016, 1), (2017, 1), (2018, 4), (2024, 9), (2025, 9), (2027, 2),
      ])
      return "\(Day(year: year, month: 1, day: 1) + random.below(365))"
    case "expires_on": return "\(on + random.within(-2...120))"
    case "valid_from": return "\(on - random.within(0...4000))"
    default: return "\(on + random.within(0...900))"
    }
  }
}
