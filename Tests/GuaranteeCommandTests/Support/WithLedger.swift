import LedgerSQL
import TestSupport
import Testing

/// Ledgers that tests begin with.
enum StartingLedger {
  static let empty = DatabaseTemplate(name: "program_empty") { url in
    try await blocking { try BuiltProgram(environment: ["GUARANTEE_DATABASE_URL": url]).mustRun(["migrate"]) }
  }

  /// Holds the story that the examples in the help tell.
  static let examples = DatabaseTemplate(name: "program_examples") { url in
    let program = BuiltProgram(environment: ["GUARANTEE_DATABASE_URL": url])
    try await blocking {
      try program.mustRun(["migrate"])
      try program.mustRun(
        ["record", "-"], input: LedgerSQL.files.first { $0.path == "stories/examples.csv" }?.text)
    }
  }
}

extension StartingLedger {
  /// The story up to the first draws and before the last calls: there is an award, and goods are out.
  static let decided = DatabaseTemplate(name: "program_decided") { url in
    let program = BuiltProgram(environment: ["GUARANTEE_DATABASE_URL": url])
    let story = LedgerSQL.files.first { $0.path == "stories/examples.csv" }?.text ?? ""
    let lines = story.split(separator: "\n")
    let end = lines.firstIndex { $0.hasPrefix("E-036,") } ?? lines.endIndex
    try await blocking {
      try program.mustRun(["migrate"])
      try program.mustRun(["record", "-"], input: lines[..<end].joined(separator: "\n"))
    }
  }
}

/// Runs the body with the program set to a ledger of its own on the tests' server.
func withLedger<Value: Sendable>(
  _ template: DatabaseTemplate = StartingLedger.empty, _ body: @Sendable (BuiltProgram) throws -> Value
) async throws -> Value {
  try await TemporaryServer.shared.withDatabase(template: template) { url in
    try await blocking { try body(BuiltProgram(environment: ["GUARANTEE_DATABASE_URL": url])) }
  }
}

extension BuiltProgram {
  /// Runs the program, which must end well, and gives its output.
  func output(
    _ arguments: String..., input: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let run = try run(arguments, input: input)
    #expect(run.exitCode == 0, "\(run.errors)", sourceLocation: sourceLocation)
    return run.output
  }

  /// Runs calls that must be refused as wrong usage with nothing on standard output, and compares what they say.
  func expectMisuse(_ calls: [String], in language: String, is golden: String) throws {
    var text = ""
    for call in calls {
      let run = try run(call.split(separator: " ").map(String.init) + ["--lang", language])
      #expect(run.exitCode == 64 && run.output.isEmpty, "\(call): \(run.output)")
      text += "$ guarantee \(call)\n\(run.errors)"
    }
    try Golden.expect(text, is: (language == "en" ? "" : "chinese/") + golden)
  }

  /// Runs the program outside of any test.
  fileprivate func mustRun(_ arguments: [String], input: String? = nil) throws {
    let run = try run(arguments, input: input)
    guard run.exitCode == 0 else { throw ProgramFailed(errors: run.errors) }
  }
}

private struct ProgramFailed: Error {
  let errors: String
}

/// An event file that registers offices: a key and an office for each row.
func offices(_ rows: [(key: String, office: String)]) -> String {
  "key,on,event,office,zone\n" + rows.map { "\($0.key),2026-01-05,register_office,\($0.office),Z\n" }.joined()
}
