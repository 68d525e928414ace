import Testing

@testable import GuaranteeLedger

@Suite("Handing over rows")
struct RowHandoverTests {
  private typealias Handover = RowHandover<String, String>

  /// What the actions tell whom, in words.
  private func told(_ actions: Handover.Actions) -> [String] {
    let giver = actions.giver.map { "\($0.giver): \($0.isTaken ? "taken" : "not wanted")" }
    let taker = actions.taker.map { taker, taken in
      switch taken {
      case .success(let rows?): "\(taker): \(rows.count) rows"
      case .success(nil): "\(taker): end"
      case .failure(let error): "\(taker): \(error.code)"
      }
    }
    return [giver, taker].compactMap { $0 }
  }

  private static let row = [["x"] as [String?]]

  @Test("Rows that are offered wait until they are taken, and both are told")
  func offeredFirst() {
    var handover = Handover()
    #expect(told(handover.offer(Self.row, by: "G")) == [])
    #expect(told(handover.take(by: "T")) == ["G: taken", "T: 1 rows"])
    #expect(told(handover.take(by: "T")) == [])
    #expect(told(handover.offer(Self.row + Self.row, by: "G")) == ["G: taken", "T: 2 rows"])
  }

  @Test("The end comes after the last rows, as often as it is asked for")
  func end() {
    var handover = Handover()
    #expect(told(handover.finish(nil)) == [])
    #expect(told(handover.take(by: "T")) == ["T: end"])
    #expect(told(handover.take(by: "T")) == ["T: end"])
    handover = Handover()
    #expect(told(handover.take(by: "T")) == [])
    #expect(told(handover.finish(nil)) == ["T: end"])
    #expect(told(handover.take(by: "T")) == ["T: end"])
  }

  @Test("An error comes once, and then the end")
  func error() {
    let error = LedgerError(.connectionLost, "gone")
    var handover = Handover()
    #expect(told(handover.finish(error)) == [])
    #expect(told(handover.take(by: "T")) == ["T: connection_lost"])
    #expect(told(handover.take(by: "T")) == ["T: end"])
    handover = Handover()
    #expect(told(handover.take(by: "T")) == [])
    #expect(told(handover.finish(error)) == ["T: connection_lost"])
    #expect(told(handover.take(by: "T")) == ["T: end"])
  }

  @Test("Who gives is told at once when nobody will take, and who waits for rows is let go")
  func abandoned() {
    var handover = Handover()
    #expect(told(handover.offer(Self.row, by: "G")) == [])
    #expect(told(handover.abandon()) == ["G: not wanted"])
    #expect(told(handover.offer(Self.row, by: "G")) == ["G: not wanted"])
    #expect(told(handover.take(by: "T")) == ["T: cancelled"])
    handover = Handover()
    #expect(told(handover.take(by: "T")) == [])
    #expect(told(handover.abandon()) == ["T: cancelled"])
    #expect(told(handover.abandon()) == [])
    #expect(told(handover.finish(nil)) == [])
    #expect(told(handover.take(by: "T")) == ["T: cancelled"])
  }

  @Test("Nothing is offered after the end, and nobody waits twice")
  func misused() {
    var handover = Handover()
    #expect(told(handover.finish(nil)) == [])
    #expect(told(handover.offer(Self.row, by: "G")) == ["G: not wanted"])
    handover = Handover()
    #expect(told(handover.take(by: "T")) == [])
    #expect(told(handover.take(by: "U")) == ["U: cancelled"])
    #expect(told(handover.offer(Self.row, by: "G")) == ["G: taken", "T: 1 rows"])
    #expect(told(handover.offer(Self.row, by: "G")) == [])
    #expect(told(handover.offer(Self.row, by: "H")) == ["H: not wanted"])
  }
}
