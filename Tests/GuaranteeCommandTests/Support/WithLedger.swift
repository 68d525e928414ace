import Testing
import TestSupport

/// Runs the body with the program set to a ledger of its own: a migrated database on the tests' server.
func withLedger<Value: Sendable>(_ body: @Sendable (BuiltProgram) throws -> Value) async throws -> Value {
  let template = DatabaseTemplate(name: "migrated_by_program") { url in
    let run = try BuiltProgram(environment: ["GUARANTEE_DATABASE_URL": url]).run(["migrate"])
    guard run.exitCode == 0 else { throw NotMigrated(errors: run.errors) }
  }
  return try await TemporaryServer.shared.withDatabase(template: template) { url in
    try body(BuiltProgram(environment: ["GUARANTEE_DATABASE_URL": url]))
  }
}

private struct NotMigrated: Error {
  let errors: String
}

extension BuiltProgram {
  /// Runs the program, which must end well, and gives its output.
  func output(_ arguments: String..., input: String? = nil, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    let run = try run(arguments, input: input)
    #expect(run.exitCode == 0, "\(run.errors)", sourceLocation: sourceLocation)
    return run.output
  }
}

/// An event file that registers offices: a key and an office for each row.
func offices(_ rows: [(key: String, office: String)]) -> String {
  "key,on,event,office,zone\n" + rows.map { "\($0.key),2026-01-05,register_office,\($0.office),Z\n" }.joined()
}
