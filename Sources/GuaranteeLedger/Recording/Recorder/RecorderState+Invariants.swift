extension RecorderState {
  /// What holds at all times and does not now; for tests.
  func brokenInvariants(now: Instant) -> [String] {
    var broken: [String] = []
    func require(_ condition: Bool, _ rule: String) { if !condition { broken.append(rule) } }
    require(occupied <= limits.queueLimit, "the queue holds no more than it may")
    require(occupied == lanes.reduce(0) { $0 + $1.load }, "what is inside is on some lane")
    for (index, lane) in lanes.enumerated() {
      let own = calls.filter { $0.value.lane == index }
      let batches = (lane.flight.map { [$0] } ?? []) + lane.backlog
      let unsent = own.values.reduce(0) { $0 + $1.admitted - $1.sent }
      require(
        lane.load == unsent + batches.reduce(0) { $0 + $1.count }, "a lane's load is what is inside for it")
      require(batches.allSatisfy { $0.count > 0 }, "no batch is empty")
      require(batches.allSatisfy { $0.count <= limits.batchLimit }, "no batch is above the limit")
      require(
        lane.flight == nil || lane.isRunning, "a batch is on its way only while somebody waits for its end")
      require(lane.isRunning || !lane.hasWork(now: now), "a lane that has work runs")
      if phase != .closed, !lane.isRunning, let moment = lane.nextMoment(now: now) {
        require(alarm.map { $0 <= moment } ?? false, "the alarm is set for the lane's next moment")
      }
      for (id, call) in own { broken += brokenInvariants(of: id, call, lane, batches) }
    }
    return broken
  }

  private func brokenInvariants(
    of id: Int, _ call: Call, _ lane: Lane, _ batches: [RecorderBatch]
  ) -> [String] {
    var broken: [String] = []
    func require(_ condition: Bool, _ rule: String) { if !condition { broken.append("\(id): \(rule)") } }
    require(
      call.settled <= call.sent && call.sent <= call.admitted && call.admitted <= call.count
        && call.settled < call.count, "a call's stretches follow each other, and it is not done")
    let underWay = batches.flatMap(\.slices).filter { $0.call == id }.flatMap(\.positions)
    require(
      underWay.sorted() == Array(call.settled..<call.sent), "what was sent and not settled is in one batch")
    let retrying = lane.backlog.flatMap(\.slices).filter { $0.call == id }.count
    require(call.retrying == retrying, "what is to be sent again is counted")
    require(call.isInLine == lane.line.all.contains(id), "a call knows whether it stands in line")
    require(
      call.isInLine || call.sent == call.admitted || call.retrying > 0,
      "a call with something to send is in line")
    require(call.isAtEntrance == entrance.all.contains(id), "a call knows whether it is at the entrance")
    require(
      call.isAtEntrance || !call.hasMoreOutside(share: limits.share), "a call that may bring more in waits to"
    )
    require(alarm.map { $0 <= call.deadline } ?? false, "the alarm rings before the deadline")
    return broken
  }
}
