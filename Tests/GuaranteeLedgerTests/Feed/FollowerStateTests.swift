import Testing

@testable import GuaranteeLedger

@Suite("What a follower does next")
struct FollowerStateTests {
  /// A follower that has connected and found nothing.
  private func atEnd(canListen: Bool = true) -> FollowerState {
    var state = FollowerState()
    state.connected(canListen: canListen)
    state.found(0)
    return state
  }

  @Test("It connects, and looks as long as there is something")
  func catchingUp() {
    var state = FollowerState()
    #expect(state.action(hasEvent: false) == .connect(after: .zero))
    state.connected(canListen: true)
    #expect(state.action(hasEvent: false) == .look(openBefore: nil))
    state.found(3)
    #expect(state.action(hasEvent: true) == .handOut)
    #expect(state.action(hasEvent: false) == .look(openBefore: nil))
  }

  @Test("It waits to be called only after it has looked once more with its session watched")
  func waiting() {
    var state = atEnd()
    #expect(state.action(hasEvent: false) == .watch)
    state.watched(openBefore: nil)
    #expect(state.action(hasEvent: false) == .look(openBefore: nil))
    state.found(0)
    #expect(state.action(hasEvent: false) == .wait(atMost: .seconds(15)))
    state.waited(wasCalled: true)
    // Being called without need costs those who record, so it ends before anything is handed out.
    #expect(state.action(hasEvent: false) == .unwatch)
    #expect(state.action(hasEvent: true) == .unwatch)
    state.unwatched()
    #expect(state.action(hasEvent: false) == .look(openBefore: nil))
  }

  @Test("What it finds while watched is handed out once it is watched no more")
  func foundWhileWatched() {
    var state = atEnd()
    state.watched(openBefore: nil)
    state.found(1)
    #expect(state.action(hasEvent: true) == .unwatch)
    state.unwatched()
    #expect(state.action(hasEvent: true) == .handOut)
  }

  @Test("While its session can't be watched it looks by itself, less and less often, and tries again")
  func notWatched() {
    var state = atEnd()
    for milliseconds in [50, 100, 200] {
      #expect(state.action(hasEvent: false) == .watch)
      state.notWatched()
      #expect(state.action(hasEvent: false) == .pause(.milliseconds(milliseconds)))
      state.paused()
      #expect(state.action(hasEvent: false) == .look(openBefore: nil))
      state.found(0)
    }
    state.found(1)
    #expect(state.action(hasEvent: true) == .handOut)
  }

  @Test("A standby that was promoted is connected to anew, at once, and what is at hand is handed out first")
  func promoted() {
    var state = atEnd(canListen: false)
    state.paused()
    state.found(1)
    state.promoted()
    #expect(state.action(hasEvent: true) == .handOut)
    #expect(state.action(hasEvent: false) == .connect(after: .zero))
  }

  @Test("While somebody records who may not have seen it, it looks again, less and less often")
  func settling() {
    var state = atEnd()
    state.watched(openBefore: "77")
    for milliseconds in [5, 10, 20, 40] {
      #expect(state.action(hasEvent: false) == .look(openBefore: "77"))
      state.found(0, isOpen: true)
      #expect(state.action(hasEvent: false) == .wait(atMost: .milliseconds(milliseconds)))
      state.waited(wasCalled: false)
    }
    state.found(0, isOpen: false)
    #expect(state.action(hasEvent: false) == .wait(atMost: .seconds(15)))
  }

  @Test("When nobody has called for long, it looks all the same")
  func looksAnyway() {
    var state = atEnd()
    state.watched(openBefore: nil)
    state.found(0)
    state.waited(wasCalled: false)
    #expect(state.action(hasEvent: false) == .look(openBefore: nil))
    state.found(0)
    #expect(state.action(hasEvent: false) == .wait(atMost: .seconds(15)))
  }

  @Test("Where nobody can call, it looks again and again, less often while there is nothing")
  func polling() {
    var state = atEnd(canListen: false)
    for milliseconds in [50, 100, 200, 400, 800, 1600, 2000, 2000] {
      #expect(state.action(hasEvent: false) == .pause(.milliseconds(milliseconds)))
      state.paused()
      #expect(state.action(hasEvent: false) == .look(openBefore: nil))
      state.found(0)
    }
    state.paused()
    state.found(1)
    state.found(0)
    #expect(state.action(hasEvent: false) == .pause(.milliseconds(50)))
  }

  @Test("A lost connection is made again, with longer pauses until something was read")
  func losing() {
    var state = atEnd()
    for milliseconds in [50, 100, 200, 400, 800, 1600, 2000, 2000] {
      state.lost(percent: 100)
      #expect(state.action(hasEvent: false) == .connect(after: .milliseconds(milliseconds)))
    }
    // What was read before is not lost with it.
    #expect(state.action(hasEvent: true) == .handOut)
    state.connected(canListen: true)
    state.lost(percent: 50)
    #expect(state.action(hasEvent: false) == .connect(after: .seconds(1)))
    state.connected(canListen: true)
    state.found(0)
    state.lost(percent: 50)
    #expect(state.action(hasEvent: false) == .connect(after: .milliseconds(25)))
  }

  @Test("One that ends with what is there does so where others would wait")
  func finite() {
    var state = FollowerState(isFinite: true)
    state.connected(canListen: true)
    state.found(2)
    #expect(state.action(hasEvent: true) == .handOut)
    state.found(0)
    #expect(state.action(hasEvent: false) == .finish)
  }

  @Test("With events in hand it neither finishes nor waits, but looks until it can hand them out")
  func holding() {
    var finite = FollowerState(isFinite: true)
    finite.connected(canListen: true)
    finite.found(0)
    #expect(finite.action(hasEvent: true, isHolding: true) == .handOut)
    #expect(finite.action(hasEvent: false, isHolding: true) == .look(openBefore: nil))
    finite.found(0)
    #expect(finite.action(hasEvent: false) == .finish)

    var waiting = atEnd()
    #expect(waiting.action(hasEvent: false, isHolding: true) == .look(openBefore: nil))
    waiting.watched(openBefore: "77")
    waiting.found(0, isOpen: true)
    #expect(waiting.action(hasEvent: false, isHolding: true) == .look(openBefore: nil))
    waiting.found(0)
    // It still has to look for what is recorded by those who may not call.
    waiting.waited(wasCalled: false)
    #expect(waiting.action(hasEvent: false) == .look(openBefore: "77"))
    waiting.found(0)
    #expect(waiting.action(hasEvent: false, isHolding: true) == .look(openBefore: nil))
    waiting.found(1)
    #expect(waiting.action(hasEvent: true, isHolding: true) == .unwatch)
  }
}
