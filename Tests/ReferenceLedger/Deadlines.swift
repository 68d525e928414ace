/// Statutory periods: when they started, whether they still run, and what their passing means.
struct StartedDeadline {
  let rule: Rules.DeadlineRule
  let start: Day
  let isRunning: Bool
}

extension ReferenceLedger {
  /// The deadlines of a dispute, each from the first event recorded that starts it.
  func deadlines(of dispute: Dispute) -> [StartedDeadline] {
    rules.deadlines.compactMap { rule in
      guard rule.procedure.isEmpty || rule.procedure == dispute.procedure,
        let first = dispute.history.firstIndex(where: { $0.event == rule.starts })
      else { return nil }
      let later = dispute.history[(first + 1)...]
      return StartedDeadline(
        rule: rule, start: dispute.history[first].on,
        isRunning: !later.contains { rule.stops.contains($0.event) })
    }
  }

  /// The last day of a deadline; nil while the working days that it needs are not known.
  func due(_ deadline: StartedDeadline) -> Day? {
    deadline.rule.inWorkingDays
      ? calendar.end(ofWorkingDays: deadline.rule.period, after: deadline.start)
      : deadline.start.adding(months: deadline.rule.period)
  }

  func hasPassed(_ deadline: StartedDeadline, before date: Day) -> Answer {
    guard deadline.rule.inWorkingDays else {
      return deadline.start.adding(months: deadline.rule.period) < date ? .yes : .no
    }
    return calendar.hasPassed(
      workingDays: deadline.rule.period, after: deadline.start, before: date)
  }

  /// Whether a deadline has passed that the event had to meet.
  func isTooLate(_ proposal: Proposal) -> Answer {
    guard concerns("deadline_passed", proposal), let dispute = dispute(of: proposal)
    else { return .no }
    return .any(
      deadlines(of: dispute).filter { deadline in
        deadline.rule.stops.contains(proposal.event)
          && deadline.rule.onExpiry.contains { $0.stage == nil || $0.stage == dispute.stage }
      }.map { hasPassed($0, before: proposal.on) })
  }

  /// Whether a deadline has passed that allows the event; yes if it needs none.
  func isAllowedByDeadline(_ proposal: Proposal) -> Answer {
    guard concerns("deadline_not_passed", proposal), let dispute = dispute(of: proposal)
    else { return .yes }
    if proposal.event == "release_lot", dispute.isDecided { return .yes }
    return .any(
      deadlines(of: dispute).filter { deadline in
        deadline.isRunning
          && deadline.rule.onExpiry.contains { clause in
            clause.event == proposal.event
              && (clause.stage == nil || clause.stage == dispute.stage)
              && (clause.unless.map(dispute.has) != true)
          }
      }.map { hasPassed($0, before: proposal.on) })
  }

  private func concerns(_ code: String, _ proposal: Proposal) -> Bool {
    rules.guards.contains { $0.code == code && $0.concerns(proposal.event) }
  }
}
