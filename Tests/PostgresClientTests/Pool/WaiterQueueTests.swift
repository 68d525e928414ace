import Testing

@testable import PostgresClient

@Suite("The queue of those who wait")
struct WaiterQueueTests {
  @Test("behaves as a plain list, whatever is added and removed", arguments: 1...20)
  func asList(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var queue = WaiterQueue()
    var list: [PoolWaiterID] = []
    var gone: [PoolWaiterID] = []
    for _ in 0..<500 {
      switch Int.random(in: 0..<4, using: &random) {
      case 0, 1:
        list.append(queue.append(by: nil, isPatient: true))
      case 2:
        let removed = queue.removeFirst()?.id
        #expect(removed == list.first)
        if let removed { gone.append(removed) }
        list = Array(list.dropFirst())
      default:
        guard let id = (list + gone).randomElement(using: &random) else { continue }
        #expect((queue.remove(id) != nil) == list.contains(id))
        if list.contains(id) { gone.append(id) }
        list.removeAll { $0 == id }
      }
      #expect(queue.count == list.count)
      #expect(queue.first?.id == list.first)
      #expect(queue.isEmpty == list.isEmpty)
    }
    #expect(queue.removeAll { _ in true }.map(\.id) == list)
  }
}

@Suite("The delays between attempts to connect")
struct PoolBackoffTests {
  @Test("double up to a limit, and up to a half of each is left to chance")
  func delays() {
    let backoff = PoolBackoff()
    for (failures, whole) in [(1, 50), (2, 100), (3, 200), (6, 1_600), (7, 2_000), (1_000, 2_000)] {
      let least = backoff.delay(afterFailures: failures, random: 0)
      let most = backoff.delay(afterFailures: failures, random: 1_000)
      #expect(least == .milliseconds(whole / 2))
      #expect(most == .milliseconds(whole))
      #expect((least...most).contains(backoff.delay(afterFailures: failures, random: 123_456_789)))
    }
  }
}
