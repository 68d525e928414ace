import GuaranteeLedger

/// A made-up stream of legal events, always the same one for a number of events: the registers first, then
/// the whole life of many disputes, interleaved by date.
struct Workload: RandomAccessCollection, Sendable {
  static let officeCount = 20
  static let guarantorCount = 50
  static let holderCount = 200
  static let exporterCount = 1_000

  /// How many events at the front fill the registers; the rest is disputes.
  let registerCount: Int
  private let registers: [Draft]
  private let steps: [Step]

  /// One event of one dispute.
  private struct Step {
    let day: Int32
    let dispute: Int32
    let number: Int32
  }

  /// - Parameter events: about how many events there are to be.
  init(events: Int) {
    registers = Self.registers
    registerCount = registers.count
    let disputes = Swift.max(1, (events - registerCount) / DisputeLife.days.count)
    steps = (0..<disputes).flatMap { dispute in
      // They begin over the course of 300 days.
      let start = Day.firstDispute + dispute * 300 / disputes
      return DisputeLife.days.enumerated().map { number, day in
        Step(day: Int32(start + day), dispute: Int32(dispute), number: Int32(number))
      }
    }.sorted { ($0.day, $0.dispute, $0.number) < ($1.day, $1.dispute, $1.number) }
  }

  var startIndex: Int { 0 }
  var endIndex: Int { registerCount + steps.count }

  subscript(position: Int) -> Event {
    let (day, draft) = dated(position)
    return Event(key: Self.key(position), on: Day.text(day), name: draft.name, fields: draft.fields)
  }

  /// The number of the office that an event of a dispute belongs to.
  func office(at position: Int) -> Int {
    DisputeLife(Int(steps[position - registerCount].dispute)).office
  }

  private func dated(_ position: Int) -> (day: Int, draft: Draft) {
    if position < registerCount { return (Day.firstRegister, registers[position]) }
    let step = steps[position - registerCount]
    return (Int(step.day), DisputeLife(Int(step.dispute)).draft(Int(step.number)))
  }

  private static func key(_ position: Int) -> String { "w-" + padded(position, to: 8) }

  /// The whole life of a dispute, its events in their order.
  static func life(of dispute: Int, hotGuarantor: Int? = nil) -> [Event] {
    let life = DisputeLife(dispute, hotGuarantor: hotGuarantor)
    return DisputeLife.days.enumerated().map { number, day in
      let draft = life.draft(number)
      return Event(
        key: "l-\(dispute)-\(number)", on: Day.text(Day.firstDispute + day), name: draft.name,
        fields: draft.fields)
    }
  }

  /// The whole lives of disputes that go side by side: all of them opened first, then each one's next event.
  static func lives(of disputes: Range<Int>) -> [Event] {
    let lives = disputes.map { life(of: $0) }
    return DisputeLife.days.indices.flatMap { number in lives.map { $0[number] } }
  }

  /// A number with zeros in front.
  static func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
  }
}

/// An event before it has its key and its date.
struct Draft: Sendable {
  let name: String
  let fields: [String: String]

  init(_ name: String, _ fields: [String: String]) {
    self.name = name
    self.fields = fields
  }
}

/// Days as numbers from the first of 2025.
enum Day {
  static let firstRegister = 1
  static let firstDispute = 5

  static func text(_ day: Int) -> String { texts[day] }

  private static let texts = (2025...2026).flatMap { year in
    (1...12).flatMap { month in
      (1...31).compactMap { LedgerDate(year: year, month: month, day: $0)?.description }
    }
  }
}
