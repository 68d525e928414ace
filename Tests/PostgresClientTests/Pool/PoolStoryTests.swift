import Testing

@testable import PostgresClient

@Suite("The decisions of a pool")
struct PoolStoryTests {
  @Test("The first call opens a connection, which the next one uses again")
  func reuse() {
    var pool = PoolWorld(PoolStateMachine.Settings())
    pool.happen(.ask(patient: true))
    #expect(pool.actions == [.connect(first)])
    pool.happen(.connected(first))
    #expect(pool.actions == [.hand(first, to: waiter(0))])
    pool.happen(.giveBack(first, .sound))
    #expect(pool.actions.isEmpty)
    pool.happen(.ask(patient: true))
    #expect(pool.actions.isEmpty)
    #expect(pool.held == [first])
  }

  @Test("Who waits for a connection that is being opened gets one that comes back before")
  func comesBackFirst() {
    var pool = withOneInUse()
    pool.happen(.ask(patient: true))
    #expect(pool.actions == [.connect(second)])
    pool.happen(.giveBack(first, .sound))
    #expect(pool.actions == [.hand(first, to: waiter(1))])
    pool.happen(.connected(second))
    #expect(pool.actions.count { $0 == .wake(at: pool.now + .seconds(60)) } == 1)
    #expect(pool.free == [second])
  }

  @Test("No more connections are opened than there may be; the calls are served in their order")
  func inOrder() {
    var settings = PoolStateMachine.Settings()
    settings.maximumConnections = 1
    var pool = PoolWorld(settings)
    for _ in 0..<3 { pool.happen(.ask(patient: true)) }
    #expect(pool.connecting == [first])
    pool.happen(.connected(first))
    #expect(pool.actions == [.hand(first, to: waiter(0))])
    pool.happen(.cancel(waiter(1)))
    pool.happen(.giveBack(first, .sound))
    #expect(pool.actions == [.hand(first, to: waiter(2))])
  }

  @Test("After a short rest only the socket is looked at, after a long one the connection is asked")
  func rest() {
    var pool = withOneInUse()
    pool.happen(.giveBack(first, .sound))
    var machine = pool.machine
    #expect(machine.ask(by: nil, isPatient: true, at: pool.now) == .take(first, looking: false))
    machine = pool.machine
    let later = pool.now + .seconds(1)
    #expect(machine.ask(by: nil, isPatient: true, at: later) == .take(first, looking: true))

    pool.happen(.pass(.seconds(6)))
    pool.happen(.ask(patient: true))
    #expect(pool.actions == [.check(first)])
    pool.happen(.checked(first, true))
    #expect(pool.actions == [.hand(first, to: waiter(1))])
  }

  @Test("When one connection has broken, the idle ones are asked before they are used")
  func suspicion() {
    var pool = withTwoInUse()
    pool.happen(.giveBack(first, .sound))
    pool.happen(.giveBack(second, .broken))
    #expect(pool.actions.contains(.close(second)))
    pool.happen(.ask(patient: true))
    #expect(pool.actions == [.check(first)])
    pool.happen(.checked(first, false))
    #expect(pool.actions == [.close(first), .connect(third)])
  }

  @Test("When a connection was left unfinished, the idle ones are used as they are")
  func abandoned() {
    var pool = withTwoInUse()
    pool.happen(.giveBack(first, .sound))
    pool.happen(.giveBack(second, .abandoned))
    #expect(pool.actions.contains(.close(second)))
    pool.happen(.ask(patient: true))
    #expect(pool.actions.isEmpty)
    #expect(pool.held == [first])
  }

  @Test("A call whose deadline has passed gets no connection, though one is free")
  func tooLate() {
    var pool = withOneInUse()
    pool.happen(.giveBack(first, .sound))
    pool.happen(.ask(patient: true, within: .zero))
    #expect(pool.waiting.isEmpty && pool.held.isEmpty)
    #expect(pool.free == [first])
  }

  @Test("When a server has become a standby, its idle connections are closed")
  func demotion() {
    var pool = withTwoInUse()
    pool.happen(.giveBack(first, .sound))
    pool.happen(.giveBack(second, .demoted))
    #expect(pool.actions == [.close(second), .close(first)])
  }

  @Test("While no server takes us there is one attempt at a time, with growing delays")
  func backoff() {
    var pool = PoolWorld(PoolStateMachine.Settings())
    for _ in 0..<3 { pool.happen(.ask(patient: true)) }
    let herd = pool.connecting
    #expect(herd.count == 3)
    for id in herd { pool.happen(.connectFailed(id, permanent: false)) }
    var delays: [Duration] = []
    for _ in 1...8 {
      let failedAt = pool.now
      #expect(pool.connecting.isEmpty)
      pool.happen(.tick)
      delays.append(pool.now - failedAt)
      #expect(pool.connecting.count == 1)
      pool.happen(.connectFailed(pool.connecting[0], permanent: false))
    }
    #expect(delays == [50, 100, 200, 400, 800, 1_600, 2_000, 2_000].map { .milliseconds($0) })
    pool.happen(.tick)
    pool.happen(.connected(pool.connecting[0]))
    #expect(pool.connecting.count == 2, "Once one has come about, the others follow")
  }

  @Test("What can't get better fails all who wait; what may, those who want one attempt only")
  func refusal() {
    var pool = PoolWorld(PoolStateMachine.Settings())
    pool.happen(.ask(patient: true))
    pool.happen(.ask(patient: false))
    pool.happen(.connectFailed(first, permanent: false))
    #expect(pool.waiting.count == 2, "The other attempt is still out")
    pool.happen(.connectFailed(second, permanent: false))
    #expect(pool.actions.contains(.fail(waiter(1), PoolWorld.refusal)))
    #expect(pool.waiting == [waiter(0)])
    pool.happen(.ask(patient: false))
    #expect(pool.connecting == [third], "Who wants one attempt doesn't wait for the delay to pass")
    pool.happen(.connectFailed(third, permanent: true))
    #expect(pool.waiting.isEmpty)
  }

  @Test("A server that takes no further connection leaves the calls to those it took")
  func full() {
    var pool = withOneInUse()
    pool.happen(.ask(patient: false))
    pool.happen(.connectFailed(second, permanent: true))
    #expect(pool.waiting == [waiter(1)])
    pool.happen(.giveBack(first, .sound))
    #expect(pool.actions == [.hand(first, to: waiter(1))])
  }

  @Test("A wait ends by its deadline, with the reason why there is no connection")
  func deadline() {
    var settings = PoolStateMachine.Settings()
    settings.maximumConnections = 1
    var pool = PoolWorld(settings)
    pool.happen(.ask(patient: true))
    pool.happen(.connected(first))
    pool.happen(.ask(patient: true, within: .milliseconds(40)))
    #expect(pool.actions == [.wake(at: pool.now + .milliseconds(40))])
    pool.happen(.tick)
    let tooLate = PostgresError(.deadlineExceeded, "no connection became free before the deadline")
    #expect(pool.actions == [.fail(waiter(1), tooLate)])

    pool.happen(.giveBack(first, .broken))
    pool.happen(.ask(patient: true, within: .milliseconds(40)))
    pool.happen(.connectFailed(second, permanent: false))
    pool.happen(.tick)
    #expect(pool.actions.contains(.fail(waiter(2), PoolWorld.refusal)))
  }

  @Test("Idle connections are closed after a while, but for the last")
  func idleTimeout() {
    var pool = withTwoInUse()
    pool.happen(.giveBack(first, .sound))
    pool.happen(.giveBack(second, .sound))
    pool.happen(.tick)
    #expect(pool.actions == [.close(first)])
    #expect(pool.machine.nextInstant == nil)
  }

  @Test("Draining serves those who wait, then closes what has come back")
  func draining() {
    var pool = withOneInUse()
    pool.happen(.ask(patient: true))
    pool.happen(.drain)
    #expect(pool.actions.isEmpty)
    pool.happen(.ask(patient: true))
    #expect(pool.waiting.count == 1, "No new call is taken")
    pool.happen(.giveBack(first, .sound))
    #expect(pool.actions == [.hand(first, to: waiter(1))])
    pool.happen(.connected(second))
    #expect(pool.actions == [.close(second)])
    pool.happen(.giveBack(first, .sound))
    #expect(pool.actions == [.close(first), .finish])
  }

  @Test("Closing ends everything at once, and what comes later is closed too")
  func closing() {
    var pool = withOneInUse()
    pool.happen(.ask(patient: true))
    pool.happen(.close)
    #expect(pool.actions.contains(.close(first)))
    #expect(pool.waiting.isEmpty && pool.isFinished)
    pool.happen(.connected(second))
    #expect(pool.actions == [.close(second)])
  }

  // MARK: Where stories begin

  private let first = PoolConnectionID(number: 1)
  private let second = PoolConnectionID(number: 2)
  private let third = PoolConnectionID(number: 3)

  private func waiter(_ number: Int) -> PoolWaiterID { PoolWaiterID(number: number) }

  private func withOneInUse() -> PoolWorld {
    var pool = PoolWorld(PoolStateMachine.Settings())
    pool.happen(.ask(patient: true))
    pool.happen(.connected(first))
    return pool
  }

  private func withTwoInUse() -> PoolWorld {
    var pool = withOneInUse()
    pool.happen(.ask(patient: true))
    pool.happen(.connected(second))
    return pool
  }
}
