import TestSupport
import Testing

@testable import GuaranteeCommand

@Suite("Pieces of recording")
struct RecordingPiecesTests {
  @Test("A spool gives back what was put in, twice")
  func spool() throws {
    let spool = try SpoolFile()
    let long = String(repeating: "保", count: 100_000)
    let rows: [[String?]] =
      [["a", nil, ""], [], [long, "\u{0}\n"]] + (0..<5000).map { ["key-\($0)", "recorded", nil] }
    for row in rows { try spool.append(row) }
    for _ in 0..<2 {
      var back: [[String?]] = []
      try spool.readAll { back.append($0) }
      #expect(back == rows)
    }
    #expect(spool.count == rows.count)
  }

  @Test("Refused rows are written in their own columns with result and message behind")
  func rejects() throws {
    let folder = try TemporaryFolder()
    let rejects = try RejectsFile(path: folder.file("bad.csv"))
    try rejects.add(
      names: ["on", "key", "amount"], cells: ["2026-01-05", "K-1", ""], result: "bad_value",
      message: "No, \"x\".")
    try rejects.add(
      names: ["key", "result", "message", "lot"], cells: ["K-2", "old", "old", "A"], result: "lot_open",
      message: nil)
    try rejects.finish()
    #expect(
      try folder.read("bad.csv")
        == "on,key,amount,lot,result,message\n2026-01-05,K-1,,,bad_value,\"No, \"\"x\"\".\"\n,K-2,,A,lot_open,\n"
    )
    #expect(folder.contents == ["bad.csv"])
  }

  @Test("Refused rows become JSON Lines when the file is called so")
  func rejectsAsJSON() throws {
    let folder = try TemporaryFolder()
    let rejects = try RejectsFile(path: folder.file("bad.jsonl"))
    try rejects.add(names: ["key", "lot"], cells: ["K-1", ""], result: "lot_open", message: "Close it.")
    try rejects.finish()
    #expect(
      try folder.read("bad.jsonl") == "{\"key\":\"K-1\",\"result\":\"lot_open\",\"message\":\"Close it.\"}\n")
  }

  @Test("Without a refused row there is no file, not even an old one")
  func noRejects() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("old", to: "bad.csv")
    try RejectsFile(path: path).finish()
    #expect(folder.contents == [])
  }

  @Test("A rejects file that cannot be written is said before anything is recorded")
  func unwritableRejects() throws {
    #expect { try RejectsFile(path: "/nowhere/at/all/bad.csv") } throws: { ($0 as? Failure)?.code == .output }
  }

  @Test("The summary says how many had which result")
  func tally() {
    var tally = RecordTally()
    #expect(tally.summary(isNothingRecorded: false, isDryRun: false).text == "There was no event to record.")
    for _ in 0..<1200 { tally.count("recorded", isRefused: false) }
    tally.count("replayed", isRefused: false)
    #expect(
      tally.summary(isNothingRecorded: false, isDryRun: false).text
        == "Of 1,201 events: recorded 1,200, replayed 1.")
    tally.count("lot_open", isRefused: true)
    #expect(
      tally.summary(isNothingRecorded: false, isDryRun: true).text
        == "Dry run, nothing was recorded; of 1,202 events: recorded 1,200, replayed 1, refused 1.")
    #expect(
      tally.summary(isNothingRecorded: true, isDryRun: false).text
        == "Nothing was recorded: 1 of 1,202 events was refused.")
  }

  @Test("The progress bar fills from left to right")
  func progress() {
    #expect(
      ProgressBar.line(permille: 500, events: 12345).text
        == "[###############...............] 50 %  12,345 events")
  }

  @Test("What lasts longer than a second says how fast it goes and how long it will take")
  func timeLeft() {
    let line = { (permille: Int?, elapsed: Duration) in
      ProgressBar.line(permille: permille, events: 12345, elapsed: elapsed).text
    }
    #expect(
      line(250, .seconds(3)) == "[#######.......................] 25 %  12,345 events  4,115/s  9 s left")
    #expect(line(10, .seconds(60)).hasSuffix("  205/s  1 h 39 min left"))
    #expect(line(1000, .seconds(3)).hasSuffix("] 100 %  12,345 events  4,115/s"))
    #expect(line(nil, .milliseconds(1500)) == "12,345 events  8,230/s")
    #expect(line(nil, .milliseconds(900)) == "12,345 events")
  }

  @Test("A made key says what it is for and is short enough")
  func keys() {
    let key = EventKey.new(for: "receive_funds")
    #expect(key.hasPrefix("receive_funds-") && key.count == 26)
    #expect(EventKey.new(for: String(repeating: "x", count: 99)).count == 64)
    #expect(EventKey.new(for: "a") != EventKey.new(for: "a"))
  }

  @Test("The demo's steps name events of its file, the last one its end")
  func demoSteps() throws {
    let story = try #require(DemoStory.embedded)
    let keys = story.events.split(separator: "\n").dropFirst().map { String($0.prefix { $0 != "," }) }
    #expect(story.steps.map { $0.lastKey } == keys.filter(Set(story.steps.map { $0.lastKey }).contains))
    #expect(story.steps.last?.lastKey == keys.last)
    #expect(
      DemoStory.steps(in: "through,text\nK,\"a, \"\"b\"\"\"\n") == [.init(lastKey: "K", text: "a, \"b\"")])
  }
}
