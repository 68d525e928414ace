import GuaranteeLedger

/// An empty sheet for events: a column for each field that they have.
struct EventSheet {
  struct Column {
    let field: String
    /// What people are told of it.
    let meaning: String
    /// What it may be; none where anything may be written.
    var values: [String]
    /// Codes that the ledger has; another may be new.
    var known: [String] = []
    /// The events that can't do without it.
    var requiredBy: [String]
  }

  private(set) var columns: [Column]
  let events: [String]

  init(_ commands: [any EventCommand.Type]) {
    let events = commands.map { $0.eventName }
    self.events = events
    var columns = [
      Column(
        field: "key", meaning: "Your own number for the event; recording it twice changes nothing",
        values: [],
        requiredBy: events),
      Column(field: "on", meaning: "Legal or value date", values: [], requiredBy: events),
      Column(field: "event", meaning: "What happened", values: events, requiredBy: events),
    ]
    for command in commands {
      for flag in command.flags {
        let place = columns.firstIndex { $0.field == flag.field }
        if place == nil {
          columns.append(Column(field: flag.field, meaning: flag.meaning, values: [], requiredBy: []))
        }
        let column = place ?? columns.count - 1
        for value in flag.values where !columns[column].values.contains(value) {
          columns[column].values.append(value)
        }
        if flag.isRequired { columns[column].requiredBy.append(command.eventName) }
      }
    }
    self.columns = columns
  }

  /// Offers codes that the ledger has.
  mutating func add(_ codes: [String], to field: String) {
    guard let place = columns.firstIndex(where: { $0.field == field }) else { return }
    let new = codes.filter { !columns[place].known.contains($0) }
    columns[place].known = Array((columns[place].known + new).prefix(Self.mostKnown))
  }

  /// More are found faster by typing.
  private static let mostKnown = 1000

  /// The header alone.
  var csv: String { columns.map(\.field).joined(separator: ",") + "\n" }

  /// What is said of a column where one fills it in.
  func comment(on column: Column) -> String {
    var lines = [Phrase(said: column.meaning).text]
    if column.field == "on" { lines.append("2026-01-31") }
    for value in column.values {
      let name = CodeName.name(of: value, as: column.field)
      lines.append(name.map { "\(value): \($0)" } ?? value)
    }
    if column.requiredBy == events {
      lines.append(Phrase("Always given.").text)
    } else if !column.requiredBy.isEmpty {
      lines.append(Phrase("Given for: \(column.requiredBy.joined(separator: ", ")).").text)
    } else {
      lines.append(Phrase("Given if there is one.").text)
    }
    return lines.joined(separator: "\n")
  }
}
