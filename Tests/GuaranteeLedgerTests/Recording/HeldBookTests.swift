import GuaranteeLedger
import LedgerTestSupport
import PostgresClient
import TestSupport
import Testing

@testable import GuaranteeLedger

@Suite("What the recorder decides: books that another program holds", .endsInTime)
struct HeldBookTests {
  /// A batch of these callers' events, each of the office behind its name, is found to need a held book.
  private func story(_ callers: [(String, office: String)]) -> RecorderStory {
    var story = RecorderStory { $0.firstPause = .milliseconds(100) }
    story.arrive("first", office: "P")
    _ = story.send()
    for (caller, office) in callers { story.arrive(caller, office: office) }
    story.succeed(office: "P")
    #expect(story.send()?.count == callers.count)
    story.fail(.held)
    return story
  }

  @Test("What needs other books is recorded; what needs the held one gathers until it is free")
  func neighbours() {
    var story = story([("A", "O"), ("B", "P"), ("C", "O"), ("D", "Q")])
    #expect(story.send() == ["A.0", "C.0"])
    story.fail(.held)
    for caller in ["B", "D"] {
      #expect(story.send() == ["\(caller).0"])
      story.succeed()
      #expect(story.codes(caller) == ["recorded"])
    }
    story.arrive("E", office: "O")
    #expect(story.send() == nil)
    story.arrive("F", office: "P")
    #expect(story.send() == ["F.0"])
    story.succeed()
    story.wait(.milliseconds(100))
    #expect(story.send() == ["A.0", "C.0", "E.0"])
    story.succeed()
    for caller in ["A", "C", "E"] { #expect(story.codes(caller) == ["recorded"]) }
    story.arrive("G", office: "O")
    #expect(story.send() == ["G.0"])
    story.succeed()
    #expect(story.state.isIdle)
  }

  @Test("A call of several offices keeps its order, and holds up nobody who begins with another")
  func mixedCall() {
    var story = RecorderStory { $0.firstPause = .milliseconds(100) }
    story.arrive("first", office: "P")
    _ = story.send()
    story.arrive(
      "M", [StoryEvent("M.O", office: "O"), StoryEvent("M.P", office: "P"), StoryEvent("M.o", office: "O")])
    story.arrive("B", office: "P")
    story.succeed()
    #expect(story.send() == ["M.O", "M.P", "M.o", "B.0"])
    story.fail(.held)
    #expect(story.send() == ["M.O"])
    story.fail(.held)
    #expect(story.send() == ["B.0"])
    story.succeed()
    #expect(story.send() == nil)
    story.wait(.milliseconds(100))
    #expect(story.send() == ["M.O"])
    story.succeed()
    #expect(story.send() == ["M.P", "M.o"])
    story.succeed()
    #expect(story.codes("M") == ["recorded", "recorded", "recorded"])
  }

  @Test("Of a call's events those before the first that needs a held book are sent")
  func beforeTheHeld() {
    var story = story([("A", "O")])
    story.arrive(
      "M", [StoryEvent("M.P", office: "P"), StoryEvent("M.O", office: "O"), StoryEvent("M.p", office: "P")])
    #expect(story.send() == ["M.P"])
    story.succeed()
    #expect(story.send() == nil)
    story.wait(.milliseconds(100))
    #expect(story.send() == ["A.0", "M.O"])
    story.succeed()
    #expect(story.send() == ["M.p"])
  }

  @Test("A book is waited for less long once it is known to be held, and by each for itself")
  func patience() {
    var story = RecorderStory { $0.attemptTimeout = .seconds(10) }
    var patience: [Duration?] = []
    func take() { patience.append(story.state.take(0, now: story.now)?.bookPatience) }
    story.arrive("A", office: "O")
    take()
    story.fail(.held)
    story.arrive("B", office: "P")
    take()
    story.succeed()
    story.wait(.seconds(3))
    take()
    story.succeed()
    story.arrive("C", office: "O")
    take()
    #expect(patience == [.seconds(2), .milliseconds(500), .milliseconds(500), .seconds(2)])
  }

  @Test("Whose deadline passes learns that nothing was recorded, and what was in the way")
  func deadline() {
    var story = RecorderStory()
    story.arrive("A", office: "O", deadline: .seconds(1))
    _ = story.send()
    story.fail(.held)
    story.arrive("B", office: "O", deadline: .seconds(1))
    #expect(story.send() == nil)
    story.wait(.seconds(2))
    for caller in ["A", "B"] {
      #expect(story.error(caller) == .deadlineExceeded)
      #expect(
        story.message(caller)
          == "The deadline passed before the events were recorded. Last: Another program holds the book that they need."
      )
    }
  }

  @Test(
    "What waits for a held book after an attempt of unknown outcome makes no other event's outcome unknown")
  func unknown() {
    var story = RecorderStory { $0.firstPause = .milliseconds(100) }
    story.arrive("A", office: "O")
    _ = story.send()
    story.fail(.lost, session: 7)
    story.wait(.milliseconds(100))
    #expect(story.send() == ["A.0"])
    story.fail(.held)
    story.arrive("B", office: "O")
    #expect(story.send() == nil)
    story.leave("B")
    #expect(story.known("B") == "B.0 not recorded")
    story.leave("A")
    #expect(story.known("A") == "A.0 unknown")
  }

  @Test(
    "While a transaction holds the book of one office, others' events are recorded over the same connection")
  func openTransaction() async throws {
    try await BlockedBook.with { configuration in
      // Small, so that the held book is soon found out.
      configuration.attemptTimeout = .milliseconds(500)
    } _: { book in
      _ = try await book.ledger.record([office("P")])
      let held = (0..<3).map { book.start("held \($0)") }
      try await book.waitForBatch()
      for day in 1...9 {
        let others = try await book.ledger.record([receipt("P \(day)", office: "P", amount: "1.00")])
        #expect(others.map(\.code) == ["recorded"])
      }
      #expect(try await book.journal().contains { $0.hasPrefix("held") } == false)
      try await book.free()
      for call in held { #expect(await call.value.codes == ["recorded"]) }
    }
  }
}
