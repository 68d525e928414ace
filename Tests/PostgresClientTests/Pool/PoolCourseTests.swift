import Testing

@testable import PostgresClient

@Suite("Every course of a few events")
struct PoolCourseTests {
  private static var settings: PoolStateMachine.Settings {
    var settings = PoolStateMachine.Settings()
    settings.maximumConnections = 2
    return settings
  }

  private static var asking: PoolStateMachine.Settings {
    var settings = settings
    settings.checkAfterIdle = .zero
    return settings
  }

  static let scenes: [PoolScene] = [
    PoolScene(
      name: "connections come back sound, broken or doubtful", settings: settings, steps: 14, asks: 4,
      conditions: [.sound, .unsure, .abandoned, .broken, .demoted]),
    PoolScene(
      name: "attempts to connect fail", settings: settings, steps: 9,
      askers: [.ask(patient: true), .ask(patient: false), .ask(patient: true, within: .milliseconds(40))],
      conditions: [.sound, .broken], connectsMayFail: true),
    PoolScene(
      name: "connections lie idle", settings: settings, steps: 12, asks: 4,
      askers: [.ask(patient: true), .ask(patient: true, within: .zero)], conditions: [.sound, .broken],
      pause: .seconds(6)),
    PoolScene(
      name: "connections are always asked first", settings: asking, steps: 12, conditions: [.sound, .broken],
      pause: .seconds(1)),
    PoolScene(
      name: "the pool is drained or closed", settings: settings, steps: 11, conditions: [.sound, .broken],
      connectsMayFail: true, endings: [.drain, .close]),
  ]

  @Test("keeps what must always hold, and leaves nobody waiting for ever", arguments: scenes)
  func everyCourse(scene: PoolScene) {
    var reached: Set<PoolWorld> = [PoolWorld(scene.settings)]
    var latest = reached
    for _ in 1...scene.steps {
      var next: Set<PoolWorld> = []
      for world in latest {
        for event in world.possibleEvents(scene) {
          var later = world
          later.happen(event)
          guard reached.insert(later).inserted else { continue }
          next.insert(later)
          later.endWell()
        }
      }
      latest = next
    }
    #expect(reached.count > 1_000)
  }

  @Test("A long life at random keeps what must always hold", arguments: 1...10)
  func longLife(seed: UInt64) {
    var scene = PoolScene(
      name: "all at once", steps: 0, asks: .max,
      askers: [.ask(patient: true), .ask(patient: false), .ask(patient: true, within: .milliseconds(40))],
      conditions: [.sound, .sound, .sound, .unsure, .abandoned, .broken, .demoted], connectsMayFail: true,
      pause: .seconds(1))
    scene.settings.maximumConnections = 5
    var random = SeededRandom(seed: seed)
    var world = PoolWorld(scene.settings)
    for _ in 1...500 {
      guard let event = world.possibleEvents(scene).randomElement(using: &random) else { return }
      world.happen(event)
    }
    world.endWell()
  }
}

extension PoolWorld {
  /// From here on everything goes well: whoever waits is served, and the pool can be drained.
  fileprivate mutating func endWell() {
    for _ in 1...20 where !waiting.isEmpty || !held.isEmpty {
      for id in connecting { happen(.connected(id)) }
      for id in checking { happen(.checked(id, true)) }
      for id in held { happen(.giveBack(id, .sound)) }
      if !wakes.isEmpty { happen(.tick) }
    }
    #expect(waiting.isEmpty && held.isEmpty, "Somebody waits for ever")
    if machine.phase == .running { happen(.drain) }
    #expect(isFinished)
  }
}
