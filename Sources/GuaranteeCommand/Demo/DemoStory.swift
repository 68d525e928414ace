import LedgerSQL

/// A worked case: a file of events, and what to say once those of each step are recorded.
struct DemoStory {
  struct Step: Equatable {
    /// The key of the step's last event.
    let lastKey: String
    let text: String
  }

  /// An event file.
  let events: String
  let steps: [Step]

  /// The story that the program carries; `nil` when it was built without one.
  static var embedded: DemoStory? {
    func text(_ name: String) -> String? {
      LedgerSQL.files.first { $0.path == "stories/\(name).csv" }?.text
    }
    guard let events = text("demo"), let steps = text("demo-steps") else { return nil }
    return DemoStory(events: events, steps: Self.steps(in: steps))
  }

  /// Reads lines of a key, a comma, and a text that may be quoted.
  static func steps(in csv: String) -> [Step] {
    csv.split(whereSeparator: \.isNewline).dropFirst().compactMap { line in
      guard let comma = line.firstIndex(of: ",") else { return nil }
      var text = String(line[line.index(after: comma)...])
      if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") {
        text = text.dropFirst().dropLast().split(separator: "\"\"", omittingEmptySubsequences: false)
          .joined(separator: "\"")
      }
      return Step(lastKey: String(line[..<comma]), text: text)
    }
  }
}
