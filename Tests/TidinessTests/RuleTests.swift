import Testing

@testable import SQLEmbeddingTool

@Suite("The rules as data")
struct RuleTests {
  @Test("Every file reads as CSV: each row has a cell for each column", arguments: RuleFiles.all)
  func reads(name: String) throws {
    #expect(try !RuleFiles.rows(name).isEmpty)
  }

  @Test("An event, an account, a field and a deadline have one row each")
  func once() throws {
    for (file, columns) in [
      ("events", ["event"]), ("accounts", ["role"]), ("fields", ["field", "event"]), ("commands", ["event"]),
      ("deadlines", ["deadline", "starts", "procedure"]), ("guards", ["code"]), ("refusals", ["code"]),
      ("transitions", ["machine", "event", "from"]), ("currencies", ["currency"]), ("working-days", ["date"]),
    ] {
      let keys = try RuleFiles.rows(file).map { row in columns.map { row[$0] ?? "" }.joined(separator: ",") }
      expect(Dictionary(grouping: keys) { $0 }.filter { $1.count > 1 }.keys, areNone: "twice in \(file).csv")
    }
  }

  @Test("Whatever a file says of an event, the event is there")
  func events() throws {
    let events = try RuleFiles.values("event", in: "events")
    for file in ["postings", "transitions", "commands", "effects", "fields"] {
      expect(
        try RuleFiles.values("event", in: file).subtracting(events), areNone: "in \(file).csv and no event")
    }
    expect(
      try RuleFiles.values("starts", in: "deadlines").subtracting(events),
      areNone: "start a deadline and no event")
    expect(
      try RuleFiles.words("stops", in: "deadlines").subtracting(events),
      areNone: "stop a deadline and no event")
  }

  @Test("What a passed deadline allows is an event, from a stage that there is, unless an event was recorded")
  func expiry() throws {
    let events = try RuleFiles.values("event", in: "events")
    let stages = try RuleFiles.values("from", in: "transitions").union(
      RuleFiles.values("to", in: "transitions"))
    for row in try RuleFiles.rows("deadlines") {
      for clause in (row["on_expiry"] ?? "").split(separator: ";") {
        let words = clause.split(separator: " ").map(String.init)
        let allowed = words.first ?? ""
        #expect(allowed == "warn" || events.contains(allowed), "\(clause)")
        for (word, next) in zip(words.dropFirst(), words.dropFirst(2)) {
          if word == "from" { #expect(stages.contains(next), "\(clause)") }
          if word == "unless" { #expect(events.contains(next), "\(clause)") }
        }
      }
    }
  }

  @Test("Postings and measures are of accounts that there are")
  func accounts() throws {
    let roles = try RuleFiles.values("role", in: "accounts")
    for (column, file) in [("debit", "postings"), ("credit", "postings"), ("role", "measures")] {
      expect(
        try RuleFiles.values(column, in: file).subtracting(roles),
        areNone: "\(column) in \(file).csv and no account")
    }
  }

  @Test("A field with a row of its own is one that an event has")
  func fields() throws {
    let known = try RuleFiles.words("requires", in: "events").union(RuleFiles.words("optional", in: "events"))
    expect(
      try RuleFiles.values("field", in: "fields").subtracting(known.union(["key", "on", "event"])),
      areNone: "in fields.csv and in no event")
  }

  @Test("Every code that refuses has words for the person who is refused, and the other way round")
  func refusals() throws {
    let codes = try RuleFiles.values("code", in: "guards")
    let beforeTheGuards: Set = [
      "unknown_event", "missing_field", "unknown_field", "bad_value", "not_permitted", "same_person",
      "not_pending", "refused",
    ]
    let worded = try RuleFiles.values("code", in: "refusals")
    expect(codes.subtracting(worded), areNone: "without words")
    expect(worded.subtracting(codes.union(beforeTheGuards)), areNone: "worded and no code")
  }

  private func expect(
    _ names: some Collection<String>, areNone claim: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      names.isEmpty, "\(names.sorted().joined(separator: ", ")): \(claim)", sourceLocation: sourceLocation)
  }
}

/// The rules, read as strictly as the build reads them.
private enum RuleFiles {
  static let all = Repository.files(in: "sql/rules", endingIn: ".csv").map {
    String($0.dropFirst("sql/rules/".count).dropLast(".csv".count))
  }

  static func rows(_ name: String) throws -> [[String: String]] {
    let path = "rules/\(name).csv"
    return try Table(SourceFile(path: path, text: Repository.text(of: "sql/" + path))).rows
  }

  /// What stands in a column, empty cells apart.
  static func values(_ column: String, in name: String) throws -> Set<String> {
    Set(try rows(name).compactMap { $0[column] }.filter { !$0.isEmpty })
  }

  /// The words in a column's cells.
  static func words(_ column: String, in name: String) throws -> Set<String> {
    Set(try values(column, in: name).flatMap { $0.split(separator: " ").map(String.init) })
  }
}
