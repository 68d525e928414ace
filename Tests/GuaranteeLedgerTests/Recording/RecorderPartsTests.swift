import Testing

@testable import GuaranteeLedger

@Suite("The recorder's parts")
struct RecorderPartsTests {
  @Test("A line gives its elements in their order, however many come and go")
  func line() {
    var line = FIFO<Int>()
    var taken: [Int] = []
    for number in 0..<1_000 {
      line.append(number)
      if number % 3 == 0, let first = line.popFirst() { taken.append(first) }
    }
    #expect(line.count == 1_000 - taken.count)
    #expect(line.all.first == taken.count)
    while let first = line.popFirst() { taken.append(first) }
    #expect(taken == Array(0..<1_000))
    #expect(line.isEmpty)
  }

  @Test("What is not wanted leaves the line")
  func unwanted() {
    var line = FIFO<Int>()
    for number in 0..<6 { line.append(number) }
    _ = line.popFirst()
    line.removeAll { $0 % 2 == 0 }
    #expect(line.all == [1, 3, 5])
  }

  @Test("Every batch is cut into halves that follow each other", arguments: 2..<9)
  func halves(_ count: Int) {
    // Every way to share so many events among calls.
    for shape in 0..<(1 << (count - 1)) {
      var batch = RecorderBatch()
      var (call, start) = (0, 0)
      for position in 0..<count {
        batch.append(start..<start + 1, of: call)
        start += 1
        if shape & (1 << position) != 0 { (call, start) = (call + 1, 0) }
      }
      let halves = batch.halves
      #expect(halves.map(\.count) == [count / 2, count - count / 2])
      #expect(halves.flatMap(\.events) == batch.events)
    }
  }

  @Test("The memory of disputes is bounded, and keeps those that were recorded about lately")
  func memory() {
    var memory = OfficeMemory(limit: 10)
    for number in 0..<100 {
      memory.learn("O-\(number)", of: "D-\(number)")
      memory.learn("ALWAYS", of: "used")
      #expect(memory.count <= 10)
      #expect(memory["D-\(number)"] == "O-\(number)")
      #expect(memory["used"] == "ALWAYS")
    }
    #expect(memory["D-0"] == nil)
  }

  @Test("Pauses double up to the longest, and chance spreads them over their second half")
  func pauses() {
    let limits = RecorderLimits()
    for failures in 1...40 {
      let (least, most) = (
        limits.pause(after: failures, jitter: 0), limits.pause(after: failures, jitter: 1_023)
      )
      let whole = min(limits.firstPause * (1 << min(failures - 1, 10)), limits.longestPause)
      #expect(least == whole / 2)
      #expect(most > least && most < whole)
    }
  }
}

extension RecorderBatch {
  fileprivate var events: [[Int]] {
    slices.flatMap { slice in slice.positions.map { [slice.call, $0] } }
  }
}
