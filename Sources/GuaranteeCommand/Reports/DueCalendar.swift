import GuaranteeLedger

/// What is due as a calendar that mail programs read (RFC 5545): an event of a whole day for each.
struct DueCalendar {
  private let sink: ByteSink
  private let columns: [String]
  private let stamp: String

  /// - Parameter today: the day of the calendar, in the ledger's zone.
  init(today: LedgerDate, columns: [OutputColumn], to sink: ByteSink) throws(OutputError) {
    self.sink = sink
    self.columns = columns.map(\.name)
    stamp = Self.compact(today.description) + "T000000Z"
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//guarantee//due//EN", "CALSCALE:GREGORIAN"] {
      try write(line)
    }
  }

  /// Writes the row's day; what has no day has no place in a calendar.
  func add(_ row: [String?]) throws(OutputError) {
    let cells = Dictionary(zip(columns, row)) { first, _ in first }
    func cell(_ name: String) -> String { (cells[name] ?? nil) ?? "" }
    guard !cell("due_on").isEmpty else { return }
    let subject = [cell("what"), cell("dispute"), cell("guarantor")].filter { !$0.isEmpty }
    let summary = [CodeName.shown(cell("what"), as: "what")] + subject.dropFirst()
    let left = cell("working_days_left")
    let state: Phrase = "\(CodeName.shown(cell("state"), as: "state"))"
    let told: Phrase = left.isEmpty ? state : "\(state), working days left: \(left)"
    try write("BEGIN:VEVENT")
    // The same deadline is the same entry when the calendar is read again, also when its day has moved.
    try write("UID:" + Self.text(subject.joined(separator: "/")) + "@" + Self.text(cell("office")))
    try write("DTSTAMP:" + stamp)
    try write("DTSTART;VALUE=DATE:" + Self.compact(cell("due_on")))
    try write("SUMMARY:" + Self.text(summary.joined(separator: " ")))
    try write("DESCRIPTION:" + Self.text(Phrase("\(cell("office")): \(told)").text))
    try write("TRANSP:TRANSPARENT")
    try write("END:VEVENT")
  }

  func finish() throws(OutputError) { try write("END:VCALENDAR") }

  /// A line, folded after 75 bytes without breaking a character.
  private func write(_ line: String) throws(OutputError) {
    var used = 0
    for scalar in line.unicodeScalars {
      let size = UTF8.width(scalar)
      if used + size > 75 {
        try sink.write("\r\n ")
        used = 1
      }
      try sink.write(String(scalar))
      used += size
    }
    try sink.write("\r\n")
  }

  private static func compact(_ date: String) -> String { date.filter { $0 != "-" } }

  private static func text(_ value: String) -> String {
    var text = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\", ";", ",": text += "\\" + String(scalar)
      case "\n": text += "\\n"
      case _ where TerminalText.isDangerous(scalar.value): text += " "
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
