import ReferenceLedger

/// One of several writers that record at once: it leads disputes of its own, and pays in and out, at offices
/// and for guarantors that all writers share. What it sends is the same whatever it is answered.
struct Crowd {
  let writer: Int
  let writers: Int
  private var random: SplitMix64
  private var stories: [[Fields]] = []
  private var storyCount = 0
  private var eventCount = 0

  init(writer: Int, of writers: Int) {
    self.writer = writer
    self.writers = writers
    random = SplitMix64(seed: UInt64(writer) + 1)
  }

  mutating func batch(atMost limit: Int) -> [Fields] {
    (0..<min(limit, random.within(1...60))).map { _ in next() }
  }

  private mutating func next() -> Fields {
    eventCount += 1
    switch random.below(100) {
    case 0..<72: return storyEvent()
    case 72..<76: return registration()
    case 76..<79: return contested()
    default: return payment()
    }
  }

  /// The next event of one of some ten disputes that are going on.
  private mutating func storyEvent() -> Fields {
    while stories.count < 10 {
      var story = Story(number: storyCount * writers + writer, random: &random)
      story.tell()
      stories.append(Array(story.events.reversed()))
      storyCount += 1
    }
    let index = random.below(stories.count)
    let event = stories[index].removeLast()
    if stories[index].isEmpty { stories.remove(at: index) }
    return event
  }

  /// Money of a guarantor, or nobody's, in or out.
  private mutating func payment() -> Fields {
    let (office, currency) = random.pick(StoryLedger.offices)
    var fields = [
      "key": "P-\(writer)-\(eventCount)", "on": "2025-06-02", "office": office, "currency": currency,
      "amount": "\(random.within(100...30_000))", "reference": "bank",
    ]
    let event = random.pick(weighted: [
      ("receive_funds", 20), ("refund_funds", 20), ("receive_unidentified", 6), ("identify_receipt", 6),
      ("return_unidentified", 3), ("credit_interest", 2), ("pay_fee", 4), ("grant_facility", 1),
    ])
    fields["event"] = event
    if !event.hasSuffix("unidentified") { fields["guarantor"] = random.pick(StoryLedger.guarantors) }
    if event == "grant_facility" {
      let amount = random.within(100_000...400_000)
      fields["on"] = StoryLedger.opening
      fields["amount"] = "\(amount)"
      fields["consignor_limit"] = "\(amount / 2)"
      fields["reference"] = nil
    }
    return fields
  }

  /// What belongs to no office.
  private mutating func registration() -> Fields {
    let key = "G-\(writer)-\(eventCount)"
    guard random.chance(percent: 10) else {
      return ["key": key, "on": "2025-01-02", "event": "register_party", "party": key, "kind": "consignor"]
    }
    let day = Day(year: 2031, month: 1, day: 1) + random.below(300)
    return [
      "key": key, "on": "2025-01-02", "event": "set_working_day", "day": "\(day)", "working_day": "false",
    ]
  }

  /// A key that every writer uses: of three such, two say the same everywhere, and one says something else
  /// at each writer, be it at other offices.
  private mutating func contested() -> Fields {
    let number = random.below(eventCount / 30 + 1)
    var fields = [
      "key": "C-\(number)", "on": "2025-06-03", "event": "receive_funds", "office": StoryLedger.offices[0].0,
      "guarantor": StoryLedger.guarantors[0], "amount": "1", "currency": "CNY", "reference": "contested",
    ]
    if number % 3 == 0 {
      (fields["office"], fields["currency"]) = StoryLedger.offices[writer % StoryLedger.offices.count]
      fields["reference"] = "of \(writer)"
    }
    return fields
  }
}
