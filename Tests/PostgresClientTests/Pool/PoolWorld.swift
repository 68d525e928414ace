import Testing

@testable import PostgresClient

/// A pool's state machine with the world around it, as far as that can be seen from its actions: which
/// connections are open, who has one and who waits. It judges every action by that alone.
struct PoolWorld: Hashable {
  private(set) var machine: PoolStateMachine
  private(set) var now = Self.start
  private(set) var connecting: [PoolConnectionID] = []
  private(set) var checking: [PoolConnectionID] = []
  private(set) var free: [PoolConnectionID] = []
  private(set) var held: [PoolConnectionID] = []
  /// Closed while somebody had them, who will give them back none the less.
  private(set) var orphans: [PoolConnectionID] = []
  private(set) var waiting: [PoolWaiterID] = []
  private(set) var wakes: [ContinuousClock.Instant] = []
  private(set) var isFinished = false
  private(set) var askCount = 0
  /// The actions of the last event, in their order.
  private(set) var actions: [PoolAction] = []

  private static let start = ContinuousClock.now

  init(_ settings: PoolStateMachine.Settings) {
    machine = PoolStateMachine(settings)
  }

  /// One thing that may happen.
  enum Event: Hashable {
    case ask(patient: Bool, within: Duration? = nil)
    case giveBack(PoolConnectionID, PoolStateMachine.Condition)
    case cancel(PoolWaiterID)
    case connected(PoolConnectionID)
    case connectFailed(PoolConnectionID, permanent: Bool)
    case checked(PoolConnectionID, Bool)
    /// Time passes while nothing happens, timers being late.
    case pass(Duration)
    /// The next timer is due.
    case tick
    case drain
    case close
  }

  static let refusal = PostgresError(.unreachable, "nobody is at home")

  /// Lets an event happen and records what is wrong with the answer.
  mutating func happen(_ event: Event) {
    actions = []
    let wasFailing = machine.health != .fine
    switch event {
    case .ask(let patient, let duration):
      ask(patient, duration)
    case .giveBack(let id, let condition):
      if held.contains(id) { free.append(id) }
      held.removeAll { $0 == id }
      orphans.removeAll { $0 == id }
      actions = machine.giveBack(id, condition, at: now)
    case .cancel(let waiter):
      actions = machine.cancel(waiter, at: now)
    case .connected(let id):
      connecting.removeAll { $0 == id }
      free.append(id)
      actions = machine.connected(id, at: now)
    case .connectFailed(let id, let permanent):
      connecting.removeAll { $0 == id }
      actions = machine.connectFailed(id, Self.refusal, isPermanent: permanent, random: 1_000, at: now)
    case .checked(let id, let isSound):
      checking.removeAll { $0 == id }
      free.append(id)
      actions = machine.checked(id, isSound: isSound, at: now)
    case .pass(let duration):
      now += duration
      return
    case .tick:
      guard let next = wakes.min() else { return }
      wakes.remove(at: wakes.firstIndex(of: next) ?? 0)
      now = max(now, next)
      actions = machine.tick(at: now)
    case .drain:
      actions = machine.drain(at: now)
    case .close:
      actions = machine.close()
    }
    for action in actions { judge(action, wasFailing: wasFailing) }
    for sentence in machine.brokenInvariants(at: now) { Issue.record("not so: \(sentence)") }
  }

  private mutating func ask(_ patient: Bool, _ duration: Duration?) {
    askCount += 1
    switch machine.ask(by: duration.map { now + $0 }, isPatient: patient, at: now) {
    case .take(let id, _):
      #expect(waiting.isEmpty, "\(id) was given past those who wait")
      take(id)
    case .wait(let waiter, let actions):
      waiting.append(waiter)
      self.actions = actions
    case .refuse:
      #expect(machine.phase != .running)
    }
  }

  private mutating func take(_ id: PoolConnectionID) {
    #expect(free.contains(id) && !held.contains(id), "\(id) was not free")
    free.removeAll { $0 == id }
    held.append(id)
  }

  private mutating func judge(_ action: PoolAction, wasFailing: Bool) {
    switch action {
    case .connect(let id):
      #expect(!wasFailing || connecting.isEmpty || machine.health == .fine, "A herd at a failing server")
      connecting.append(id)
    case .check(let id):
      #expect(free.contains(id), "\(id) can't be checked")
      free.removeAll { $0 == id }
      checking.append(id)
    case .hand(let id, let waiter):
      #expect(waiting.first == waiter, "\(waiter) was served before its turn")
      waiting.removeAll { $0 == waiter }
      take(id)
    case .fail(let waiter, _):
      #expect(waiting.contains(waiter), "\(waiter) does not wait")
      waiting.removeAll { $0 == waiter }
    case .close(let id):
      let mayBeHeld = machine.phase == .closed
      #expect(free.contains(id) || checking.contains(id) || (mayBeHeld && held.contains(id)))
      if held.contains(id) { orphans.append(id) }
      for place in [\Self.free, \.checking, \.held] { self[keyPath: place].removeAll { $0 == id } }
    case .wake(let instant):
      #expect(instant > now, "A timer that is due already")
      wakes.append(instant)
    case .finish:
      #expect(held.isEmpty && waiting.isEmpty && machine.phase == .closed)
      isFinished = true
    }
  }
}

extension PoolWorld {
  /// All that may happen next, of the kinds that are asked for.
  func possibleEvents(_ scene: PoolScene) -> [Event] {
    var events: [Event] = []
    if askCount < scene.asks { events += scene.askers }
    events += orphans.map { .giveBack($0, .broken) }
    for id in held { events += scene.conditions.map { .giveBack(id, $0) } }
    for waiter in waiting { events.append(.cancel(waiter)) }
    for id in connecting {
      events.append(.connected(id))
      if scene.connectsMayFail {
        events += [.connectFailed(id, permanent: false), .connectFailed(id, permanent: true)]
      }
    }
    for id in checking { events += [.checked(id, true), .checked(id, false)] }
    if !wakes.isEmpty { events.append(.tick) }
    if let pause = scene.pause { events.append(.pass(pause)) }
    if machine.phase == .running { events += scene.endings }
    if machine.phase == .draining && scene.endings.contains(.close) { events.append(.close) }
    return events
  }
}

/// Which events to try, and how many of them one after the other.
struct PoolScene: CustomTestStringConvertible, Sendable {
  var name: String
  var settings = PoolStateMachine.Settings()
  var steps: Int
  var asks = 3
  var askers: [PoolWorld.Event] = [.ask(patient: true)]
  var conditions: [PoolStateMachine.Condition] = [.sound]
  var connectsMayFail = false
  var pause: Duration?
  var endings: [PoolWorld.Event] = []

  var testDescription: String { name }
}
