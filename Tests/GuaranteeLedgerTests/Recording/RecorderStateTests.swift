import Testing

@testable import GuaranteeLedger

@Suite("What the recorder decides: batches and turns")
struct RecorderStateTests {
  @Test("The first is sent at once; what arrives meanwhile goes together into the next batch")
  func gathering() {
    var story = RecorderStory()
    story.arrive("A")
    #expect(story.send() == ["A.0"])
    for caller in ["B", "C", "D"] { story.arrive(caller) }
    story.succeed()
    #expect(story.codes("A") == ["recorded"])
    #expect(story.send() == ["B.0", "C.0", "D.0"])
    story.succeed(refusing: ["C.0"])
    #expect(story.codes("B") == ["recorded"])
    #expect(story.codes("C") == ["insufficient_funds"])
    #expect(story.codes("D") == ["recorded"])
    #expect(story.state.isIdle)
  }

  @Test("No batch is above the limit, and a call's events keep their order over many batches")
  func limit() {
    var story = RecorderStory { $0.batchLimit = 4 }
    story.arrive("A", 10)
    var sent: [String] = []
    while let keys = story.send() {
      #expect(keys.count <= 4)
      sent += keys
      story.succeed()
    }
    #expect(sent == (0..<10).map { "A.\($0)" })
    #expect(story.codes("A")?.count == 10)
  }

  @Test("Whoever comes with one event goes with the next batch, whatever others have brought")
  func fairness() {
    var story = RecorderStory {
      $0.batchLimit = 8
      $0.queueLimit = 40
    }
    story.arrive("many", 1_000_000)
    #expect(story.send()?.count == 8)
    story.arrive("one")
    story.succeed()
    #expect(story.send()?.contains("one.0") == true)
    story.succeed()
    #expect(story.codes("one") == ["recorded"])
  }

  @Test("Of many calls with much, each has its turn")
  func turns() {
    var story = RecorderStory {
      $0.batchLimit = 8
      $0.queueLimit = 100
    }
    for caller in ["A", "B", "C", "D"] { story.arrive(caller, 20) }
    _ = story.send()
    story.succeed()
    for _ in 0..<5 {
      let callers = Set((story.send() ?? []).compactMap(\.first))
      #expect(callers == ["A", "B", "C", "D"])
      story.succeed()
    }
  }

  @Test("A long call never fills the queue: there is room for others at once")
  func share() {
    var story = RecorderStory {
      $0.batchLimit = 8
      $0.queueLimit = 40
    }
    story.arrive("many", 1_000)
    #expect(story.state.occupied == 20)
    story.arrive("other", 1_000)
    #expect(story.state.occupied == 40)
    story.arrive("one")
    #expect(story.answers.isEmpty)
    _ = story.send()
    story.succeed()
    #expect(story.send()?.contains("one.0") == true)
  }

  // MARK: The queue

  @Test("When the queue is full, calls wait in order until there is room")
  func backPressure() {
    var story = RecorderStory {
      $0.batchLimit = 2
      $0.queueLimit = 2
    }
    for caller in ["A", "B", "C", "D", "E"] { story.arrive(caller) }
    #expect(story.send() == ["A.0", "B.0"])
    story.succeed()
    #expect(story.send() == ["C.0", "D.0"])
    story.succeed()
    #expect(story.send() == ["E.0"])
  }

  @Test("Who won't wait for room is told so at once, and who waits in vain when the deadline passes")
  func queueFull() {
    var story = RecorderStory { $0.queueLimit = 1 }
    story.arrive("A")
    _ = story.send()
    story.arrive("B", deadline: .zero)
    #expect(story.error("B") == .queueFull)
    #expect(story.known("B") == "B.0 not recorded")
    story.arrive("C", deadline: .seconds(1))
    story.wait(.seconds(2))
    #expect(story.error("C") == .queueFull)
    story.succeed()
    #expect(story.codes("A") == ["recorded"])
  }

  // MARK: Lanes

  /// Offices whose own lane, of two, is the first, and such whose own is the second.
  private let first = office(of: 0)
  private let second = office(of: 1)

  private static func office(of lane: Int, among count: Int = 2, but other: String = "") -> String {
    let names = (0..<100).map { "OFFICE-\($0)" }
    return names.first {
      OfficeBindings().ownLane(of: EventHome(office: $0), among: count) == lane && $0 != other
    } ?? ""
  }

  @Test("Events of an office go to the lane where others of it are, and else to the office's own")
  func lanes() {
    var story = RecorderStory { $0.lanes = 2 }
    story.arrive("A", office: first)
    story.arrive("B", office: second)
    #expect(story.send(0) == ["A.0"])
    #expect(story.send(1) == ["B.0"])
    story.arrive("C", office: second)
    story.arrive("D", office: first)
    story.succeed(0)
    story.succeed(1)
    #expect(story.send(0) == ["D.0"])
    #expect(story.send(1) == ["C.0"])
    story.succeed(0)
    story.succeed(1)
    #expect(story.state.isIdle)
  }

  @Test("An office whose lane is busy goes to one that is idle, and stays there while it has anything to do")
  func idleLane() {
    var story = RecorderStory { $0.lanes = 2 }
    let another = Self.office(of: 0, but: first)
    story.arrive("A", office: first)
    _ = story.send(0)
    story.arrive("B", office: another)
    #expect(story.send(1) == ["B.0"])
    story.succeed(0)
    story.arrive("C", office: another)
    story.succeed(1)
    #expect(story.send(1) == ["C.0"])
    story.succeed(1)
    story.arrive("D", office: another)
    #expect(story.send(0) == ["D.0"])
  }

  @Test("A lane between two batches isn't idle")
  func laneBetweenBatches() {
    var story = RecorderStory { $0.lanes = 2 }
    story.arrive("A", office: first)
    story.arrive("B", office: second)
    _ = story.send(0)
    _ = story.send(1)
    story.succeed(1, rests: false)
    story.arrive("C", office: Self.office(of: 0, but: first))
    story.succeed(0)
    #expect(story.send(1) == nil)
    #expect(story.send(0) == ["C.0"])
  }

  @Test("Nor does a lane between two batches hide one that is")
  func restingLane() {
    var story = RecorderStory { $0.lanes = 3 }
    let own = Self.office(of: 0, among: 3)
    story.arrive("A", office: own)
    story.arrive("B", office: Self.office(of: 1, among: 3))
    _ = story.send(0)
    _ = story.send(1)
    story.succeed(1, rests: false)
    story.arrive("C", office: Self.office(of: 0, among: 3, but: own))
    #expect(story.send(2) == ["C.0"])
  }

  @Test("A single office keeps to one lane")
  func oneOffice() {
    var story = RecorderStory { $0.lanes = 3 }
    for caller in ["A", "B", "C"] { story.arrive(caller) }
    #expect(story.send(0)?.count == 3)
    #expect(story.send(1) == nil)
    #expect(story.send(2) == nil)
  }

  @Test("A dispute's office is learned from results, and from events that name both")
  func learning() {
    var story = RecorderStory { $0.lanes = 2 }
    story.arrive("A", office: nil, dispute: "D")
    _ = story.send(0)
    story.succeed(0, office: second)
    story.arrive("B", office: nil, dispute: "D")
    story.arrive("C", office: first, dispute: "E")
    #expect(story.send(1) == ["B.0"])
    #expect(story.send(0) == ["C.0"])
  }

  @Test("What belongs to no office has a book of its own")
  func register() {
    var story = RecorderStory { $0.lanes = 2 }
    let own = OfficeBindings().ownLane(of: EventHome(), among: 2) ?? 0
    story.arrive("A", office: nil)
    story.arrive("B", office: own == 0 ? second : first)
    story.arrive("C", office: nil)
    #expect(story.send(own) == ["A.0", "C.0"])
    #expect(story.send(1 - own) == ["B.0"])
  }
}
