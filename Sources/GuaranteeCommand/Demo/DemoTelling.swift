import GuaranteeLedger

/// Tells a story step by step while it records it.
struct DemoTelling {
  private static let lineWidth = 100
  private static let indent = String(repeating: " ", count: 16)

  let ledger: Ledger
  let file: EventFile
  let sink: ByteSink
  private var lastBalances: [String] = []

  init(ledger: Ledger, file: EventFile, sink: ByteSink) {
    self.ledger = ledger
    self.file = file
    self.sink = sink
  }

  /// Records the step's events, then prints its text and every balance that is not zero, if any has changed.
  mutating func tell(_ step: DemoStory.Step, number: Int) async throws {
    var rows: [EventRow] = []
    var date = ""
    while let row = try file.next() {
      rows.append(row)
      date = row.event.on
      if row.key == step.lastKey { break }
    }
    let results = try await ledger.record(rows: rows)
    try sink.write("\(number < 10 ? " " : "")\(number)  \(date)  \(Phrase(said: step.text).text)\n")
    for refusal in results.compactMap({ $0.refusal }) {
      let told: Phrase = "refused: \(Phrase(said: refusal.message))"
      try write(words: told.text.split(separator: " ").map(String.init), separator: " ")
    }
    let balances = try await balances()
    if balances != lastBalances { try write(words: balances, separator: "  ") }
    lastBalances = balances
    try sink.flush()
  }

  /// Each account with a balance, as `bank 900,000.00`.
  private func balances() async throws -> [String] {
    let rows = try await CollectedRows { columns, row in
      try await ledger.report(.trialBalance, columns: columns, row: row)
    }
    func place(_ column: String) -> Int? { rows.columns.firstIndex { $0.name == column } }
    guard let role = place("role"), let debit = place("debit"), let credit = place("credit") else {
      return []
    }
    return rows.rows.compactMap { row in
      let amounts = [row[debit], row[credit]].compactMap { $0 }.filter {
        $0.contains { ("1"..."9").contains($0) }
      }
      guard let amount = amounts.first, let name = row[role] else { return nil }
      return "\(CodeName.shown(name, as: "role")) \(NumberGrouping.grouped(amount))"
    }
  }

  /// Writes words on as many indented lines as they take.
  private func write(words: [String], separator: String) throws(OutputError) {
    var line = ""
    for word in words {
      let isFull =
        !line.isEmpty
        && DisplayWidth.of(line) + separator.count + DisplayWidth.of(word) > Self.lineWidth
          - Self.indent.count
      if isFull {
        try sink.write(Self.indent + line + "\n")
        line = ""
      }
      line += line.isEmpty ? word : separator + word
    }
    if !line.isEmpty { try sink.write(Self.indent + line + "\n") }
  }
}
