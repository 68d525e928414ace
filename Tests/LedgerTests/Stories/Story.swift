import ReferenceLedger

/// One dispute's life, told event by event.
struct Story {
  let dispute: String
  let number: Int
  let currency: String
  private let office: String
  private let procedure: String
  private(set) var events: [Fields] = []
  private var day: Day
  var random: SplitMix64

  init(number: Int, random: inout SplitMix64) {
    dispute = "D-\(number)"
    self.number = number
    self.random = SplitMix64(seed: random.next())
    (office, currency) = StoryLedger.offices[number % StoryLedger.offices.count]
    procedure = number % 4 == 0 ? "ex_officio" : "on_application"
    day = Day(year: 2025, month: 1, day: 6) + random.below(200)
  }

  /// Appends an event of this dispute, so many days after the one before.
  mutating func add(_ event: String, after days: Int = 0, _ fields: Fields = [:]) {
    day = day + days
    let head = ["key": nextKey, "on": "\(day)", "event": event, "dispute": dispute]
    events.append(fields.merging(head) { $1 })
  }

  /// Sends an earlier event again, as it was or with another reference.
  mutating func repeatLast(changing reference: String? = nil) {
    guard var event = events.last else { return }
    if let reference { event["reference"] = reference }
    events.append(event)
  }

  /// Reverses the last event.
  mutating func takeBackLast() {
    let last = events.last?["key"] ?? ""
    events.append(
      ["key": nextKey, "on": "\(day)", "event": "reverse", "reverses": last, "reference": "slip"])
  }

  private var nextKey: String { "\(dispute)-\(events.count + 1)" }

  /// An amount in the dispute's currency; half of them with decimals where the currency has some.
  func money(_ minor: Int) -> String {
    currency == "JPY" ? String(minor) : Currency.text(Minor(minor), currency)
  }

  mutating func guarantors() -> (first: String, second: String) {
    let first = random.below(StoryLedger.guarantors.count)
    let second = (first + 1 + random.below(StoryLedger.guarantors.count - 1)) % StoryLedger.guarantors.count
    return (StoryLedger.guarantors[first], StoryLedger.guarantors[second])
  }

  mutating func tell() {
    let party = 1 + random.below(5)
    add(
      "open_dispute",
      [
        "office": office, "procedure": procedure, "recordal": "RIGHT-\(party)",
        "right_holder": "HOLDER-\(party)", "consignor": "EXPORTER-\(1 + random.below(5))",
        "currency": currency,
      ])
    switch number % 5 {
    case 0: tellOfNoSuit()
    case 1: tellOfAnAward()
    case 2: tellOfAnExclusion()
    case 3: tellOfAnOrder()
    default: tellOfAConfiscation()
    }
  }

  /// Two lots with the security that is due for them, then the detention.
  mutating func detain() -> [Int] {
    let values = [random.within(300_000...9_000_000), random.within(300_000...9_000_000)]
    let security = procedure == "ex_officio" ? 20_000_000 : values[0] + values[1]
    add("detain")
    add("add_lot", ["lot": "1", "amount": money(values[0]), "description": "第一批, \"pumps\""])
    add("add_lot", ["lot": "1", "amount": money(values[0])])
    add("add_lot", ["lot": "2", "amount": money(values[1]), "quantity": "12", "unit": "箱"])
    add("lodge_security", ["amount": money(security), "reference": "S-\(number)"])
    repeatLast()
    repeatLast(changing: "another")
    add("detain", after: 1)
    return values + [security]
  }

  /// What ends every dispute: the security goes back and the dispute is closed.
  mutating func close(security: Int) {
    add("close_dispute", after: 2)
    add("return_security", ["amount": money(security + 1)])
    add("return_security", ["amount": money(security)])
    add("close_dispute", after: 1)
    add("lodge_security", ["amount": "1"])
  }
}
