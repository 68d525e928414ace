import Testing

@testable import GuaranteeLedger

@Suite("The plan by which a batch goes over several connections")
struct LanePlanTests {
  private func plan(_ events: [(key: String, office: String?)], lanes: Int = 2) -> [[[Int]]] {
    LanePlan(events.map { LanePlan.Item(key: $0.key, office: $0.office) }, lanes: lanes).stretches
  }

  @Test(
    "Each office's events stay on one connection in their order, the busiest office alone where it can be")
  func offices() {
    let stretches = plan([("1", "A"), ("2", "B"), ("3", "A"), ("4", "C"), ("5", "A"), ("6", "B")])
    #expect(stretches == [[[0, 2, 4], [1, 3, 5]]])
  }

  @Test("An event of no known office waits for all before it, and all after it wait for it")
  func barriers() {
    let stretches = plan([("1", "A"), ("2", "B"), ("3", nil), ("4", nil), ("5", "B"), ("6", "A")])
    #expect(stretches == [[[0], [1]], [[2, 3]], [[5], [4]]])
  }

  @Test("A key that comes again waits for its first event, at whatever office")
  func repeatedKeys() {
    #expect(plan([("1", "A"), ("1", "B"), ("2", "A")]) == [[[0]], [[2], [1]]])
  }

  @Test("Where events would wait for each other again and again, one connection records them all")
  func tooManyStretches() {
    let events = (0..<40).map { (key: "\($0)", office: $0.isMultiple(of: 2) ? "A" : nil) }
    #expect(plan(events) == [[Array(0..<40)]])
  }

  @Test("Every event is recorded once, whatever the mixture", arguments: 1...4)
  func complete(lanes: Int) {
    let offices = ["A", "B", "C", nil, "D", "D"]
    let events = (0..<50).map { (key: "\($0 % 47)", office: offices[$0 * $0 % 23 % 6]) }
    #expect(plan(events, lanes: lanes).joined().joined().sorted() == Array(0..<50))
    #expect(plan(events, lanes: lanes).allSatisfy { $0.count <= lanes })
  }
}
