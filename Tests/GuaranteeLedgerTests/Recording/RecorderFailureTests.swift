import Testing

@testable import GuaranteeLedger
@testable import PostgresClient

@Suite("What the recorder decides: leaving, failing, trying again")
struct RecorderFailureTests {
  // MARK: Leaving

  @Test("Who leaves before its event is sent takes it along; the others' go on")
  func leavingBefore() {
    var story = RecorderStory()
    story.arrive("A")
    _ = story.send()
    story.arrive("B")
    story.arrive("C")
    story.leave("B")
    #expect(story.error("B") == .cancelled)
    #expect(story.known("B") == "B.0 not recorded")
    story.succeed()
    #expect(story.send() == ["C.0"])
  }

  @Test("Who leaves with its event on its way learns that the outcome is unknown; the batch goes on")
  func leavingDuring() {
    var story = RecorderStory()
    story.arrive("A")
    _ = story.send()
    story.arrive("B")
    story.arrive("C")
    story.succeed()
    #expect(story.send() == ["B.0", "C.0"])
    story.leave("B")
    #expect(story.error("B") == .outcomeUnknown)
    #expect(story.known("B") == "B.0 unknown")
    story.succeed()
    #expect(story.codes("C") == ["recorded"])
    #expect(story.state.isIdle)
  }

  @Test("A call of many that is left tells what is known of each event")
  func leavingMany() {
    var story = RecorderStory { $0.batchLimit = 2 }
    story.arrive("A", 5)
    _ = story.send()
    story.succeed(refusing: ["A.1"])
    _ = story.send()
    story.leave("A")
    #expect(
      story.known("A")
        == "A.0 recorded, A.1 insufficient_funds, A.2 unknown, A.3 unknown, A.4 not recorded")
    story.succeed()
    #expect(story.send() == nil)
  }

  @Test("The deadline says the same: unknown when it was sent, not recorded when it was not")
  func deadlines() {
    var story = RecorderStory()
    story.arrive("A", deadline: .seconds(1))
    _ = story.send()
    story.arrive("B", deadline: .seconds(1))
    story.wait(.seconds(2))
    #expect(story.error("A") == .outcomeUnknown)
    #expect(story.error("B") == .deadlineExceeded)
    story.succeed()
    #expect(story.send() == nil)
  }

  @Test("Nothing is sent whose deadline has passed, though the alarm has not rung yet")
  func lateAlarm() {
    var story = RecorderStory()
    story.arrive("A", deadline: .seconds(1))
    story.arrive("B", deadline: .seconds(5))
    story.now += .seconds(2)
    #expect(story.send() == ["B.0"])
    #expect(story.error("A") == .deadlineExceeded)
  }

  @Test("A server that goes away over its disk is told from one that can't be reached")
  func disk() {
    var story = RecorderStory()
    story.arrive("A", deadline: .seconds(9))
    _ = story.send()
    story.fail(
      BatchFailure(
        PostgresError(.connectionLost, "PANIC", effect: .unknown, sqlState: .diskFull)))
    story.failToConnect(isLasting: false)
    story.wait(.seconds(10))
    #expect(story.error("A") == .outcomeUnknown)
    #expect(story.message("A")?.contains("The database's disk is full") == true)
  }

  @Test("Closing answers everybody; draining takes no new calls and serves those that are here")
  func ending() {
    var story = RecorderStory()
    story.arrive("A")
    _ = story.send()
    story.arrive("B")
    story.state.drain()
    story.arrive("C")
    #expect(story.error("C") == .shuttingDown)
    story.succeed()
    #expect(story.send() == ["B.0"])
    story.close()
    #expect(story.error("B") == .outcomeUnknown)
    story.fail(.lost)
    #expect(story.state.isIdle)
  }

  // MARK: Failing

  @Test("What failed by a conflict is sent again after a pause, and others pass meanwhile")
  func conflict() {
    var story = RecorderStory()
    story.arrive("A")
    _ = story.send()
    story.fail(.conflict)
    #expect(story.send() == nil)
    story.arrive("B")
    #expect(story.send() == ["B.0"])
    story.succeed()
    story.wait(.milliseconds(50))
    #expect(story.send() == ["A.0"])
    story.succeed()
    #expect(story.codes("A") == ["recorded"])
  }

  @Test("Later events of a call wait until those before them are through")
  func orderOverRetries() {
    var story = RecorderStory { $0.batchLimit = 2 }
    story.arrive("A", 3)
    _ = story.send()
    story.fail(.conflict)
    story.arrive("B")
    #expect(story.send() == ["B.0"])
    story.succeed()
    #expect(story.send() == nil)
    story.wait(.milliseconds(50))
    #expect(story.send() == ["A.0", "A.1"])
    story.succeed()
    #expect(story.send() == ["A.2"])
  }

  @Test("While the server is in trouble nobody is sent, for longer each time, and then all at once")
  func trouble() {
    var story = RecorderStory { $0.firstPause = .milliseconds(100) }
    story.arrive("A")
    _ = story.send()
    story.fail(.lost, session: 7)
    story.arrive("B")
    #expect(story.send() == nil)
    story.wait(.milliseconds(100))
    #expect(story.send() == ["A.0"])
    story.fail(.lost, session: 8)
    story.wait(.milliseconds(100))
    #expect(story.send() == nil)
    story.wait(.milliseconds(100))
    #expect(story.send() == ["A.0"])
    story.succeed()
    #expect(story.send() == ["B.0"])
  }

  @Test("Of a batch that one event breaks, that one alone gets the error")
  func narrowing() {
    var story = RecorderStory()
    story.arrive("first")
    _ = story.send()
    for caller in ["A", "B", "C", "D", "E"] { story.arrive(caller) }
    story.succeed()
    story.run { $0.contains("D.0") ? .defect : nil }
    #expect(story.error("D") == .database)
    #expect(story.known("D") == "D.0 not recorded")
    for caller in ["A", "B", "C", "E"] { #expect(story.codes(caller) == ["recorded"]) }
  }

  @Test("Within a call, what came before the culprit is recorded and what comes after is not sent")
  func narrowingOneCall() {
    var story = RecorderStory()
    story.arrive("A", 5)
    story.run { $0.contains("A.2") ? .defect : nil }
    #expect(
      story.known("A") == "A.0 recorded, A.1 recorded, A.2 not recorded, A.3 not recorded, A.4 not recorded")
  }

  @Test("An event that conflicts time and again doesn't hold up its neighbours")
  func poison() {
    var story = RecorderStory()
    story.arrive("first")
    _ = story.send()
    for caller in ["A", "B", "C"] { story.arrive(caller, deadline: .seconds(20)) }
    story.succeed()
    story.run { $0.contains("B.0") ? .conflict : nil }
    #expect(story.codes("A") == ["recorded"])
    #expect(story.codes("C") == ["recorded"])
    #expect(story.error("B") == .deadlineExceeded)
  }

  @Test("What no attempt can mend ends all calls of the batch, and none beside it")
  func forbidden() {
    var story = RecorderStory()
    story.arrive("A")
    _ = story.send()
    story.arrive("B")
    story.fail(.forbidden)
    #expect(story.error("A") == .database)
    #expect(story.send() == ["B.0"])
  }

  @Test("Without a connection the calls wait, unless waiting can change nothing")
  func connecting() {
    var story = RecorderStory()
    story.arrive("A")
    story.failToConnect(isLasting: false)
    #expect(story.answers.isEmpty)
    story.wait(.milliseconds(50))
    story.failToConnect(isLasting: true)
    #expect(story.error("A") == .unreachable)
    #expect(story.known("A") == "A.0 not recorded")
    #expect(story.state.isIdle)
  }

  // MARK: Unknown outcomes

  @Test("Events that may be recorded are sent again; what they answer then is the truth")
  func unknown() {
    var story = RecorderStory()
    story.arrive("A", 2)
    _ = story.send()
    story.fail(.lost, session: 7)
    story.wait(.milliseconds(50))
    #expect(story.send() == ["A.0", "A.1"])
    story.succeed()
    #expect(story.codes("A") == ["recorded", "recorded"])
  }

  @Test("What is sent again knows which sessions may go on with it, and since when it may be recorded")
  func lostSessions() {
    var story = RecorderStory()
    story.arrive("A", 2)
    _ = story.send()
    let begin = story.now
    story.fail(.lost, session: 7)
    story.wait(.milliseconds(50))
    _ = story.send()
    story.fail(.lost, session: 8)
    story.wait(.milliseconds(50))
    let sending = story.state.take(0, now: story.now)
    #expect(sending?.lostSessions.map(\.processID) == [7, 8])
    #expect(sending?.maybeRecordedSince == begin)
    #expect(sending?.attempts == 2)
  }

  @Test("An outcome stays unknown when the deadline passes between attempts")
  func unknownAtDeadline() {
    var story = RecorderStory()
    story.arrive("A", deadline: .seconds(1))
    _ = story.send()
    story.fail(.lost, session: 7)
    story.arrive("B", deadline: .seconds(1))
    story.wait(.seconds(2))
    #expect(story.error("A") == .outcomeUnknown)
    #expect(story.error("B") == .deadlineExceeded)
    #expect(story.state.isIdle || story.send() == nil)
  }

  @Test("A conflict after an unknown outcome leaves it unknown")
  func conflictAfterUnknown() {
    var story = RecorderStory()
    story.arrive("A")
    _ = story.send()
    story.fail(.lost, session: 7)
    story.wait(.milliseconds(50))
    _ = story.send()
    story.fail(.conflict)
    story.leave("A")
    #expect(story.error("A") == .outcomeUnknown)
  }

  @Test(
    "What may be recorded is asked for until the deadline, whatever is said meanwhile",
    arguments: [BatchFailure.forbidden, .defect])
  func askingOn(failure: BatchFailure) {
    var story = RecorderStory()
    story.arrive("A", deadline: .seconds(20))
    _ = story.send()
    story.fail(.lost, session: 7)
    var attempts = 0
    story.run { _ in
      attempts += 1
      return attempts < 5 ? failure : nil
    }
    #expect(story.codes("A") == ["recorded"])
  }

  @Test("Where waiting for a connection can change nothing, only who may be recorded waits all the same")
  func askingOnWithoutConnection() {
    var story = RecorderStory()
    story.arrive("A", deadline: .seconds(20))
    _ = story.send()
    story.fail(.lost, session: 7)
    story.arrive("B")
    story.wait(.milliseconds(50))
    story.failToConnect(isLasting: true)
    #expect(story.error("B") == .unreachable)
    story.run { _ in nil }
    #expect(story.codes("A") == ["recorded"])
  }

  @Test("Attempts get longer, so that a wait that is long for a reason comes to its end")
  func growingPatience() {
    var story = RecorderStory { $0.attemptTimeout = .seconds(2) }
    story.arrive("A", deadline: .seconds(1_000))
    var timeouts: [Duration] = []
    for _ in 0..<4 {
      while !story.state.goesOn(0, now: story.now) { story.wait(.seconds(3)) }
      timeouts.append(story.state.take(0, now: story.now)?.timeout ?? .zero)
      story.fail(.lost)
      story.wait(.seconds(3))
    }
    #expect(timeouts == [.seconds(2), .seconds(4), .seconds(8), .seconds(16)])
  }
}
