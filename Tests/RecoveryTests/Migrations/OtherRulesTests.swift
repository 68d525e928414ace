import GuaranteeLedger
import PostgresClient
import TestSupport
import Testing

@Suite("Rules that a migration changes", .heavy)
struct OtherRulesTests {
  /// Makes the rules in the database those of another program, so that this one's are what a migration changes them to.
  private static func withOtherRules(
    _ change: String, _ body: (_ url: String, Program) async throws -> Void
  ) async throws {
    try await TemporaryServer.shared.withDatabase(template: ToldLedger.examples) { url in
      let connection = try await PostgresConnection.connect(to: url)
      try await connection.execute(
        "\(change); update guarantee.source set fingerprint = 'of another program' where kind = 'rules'")
      await connection.close()
      try await body(url, Program.ledger(url))
    }
  }

  @Test(
    "What books or counts otherwise what was recorded is refused, and the ledger stays as it was",
    arguments: [
      (
        "event receive_funds",
        "update guarantee.posting set role = 'suspense' where event = 'receive_funds' and side = -1"
      ),
      (
        "event lodge_counter_guarantee by cash",
        "delete from guarantee.posting where event = 'lodge_counter_guarantee' and instrument = 'cash' and side = 1"
      ), ("event draw", "update guarantee.event_type set effects = '{}' where event = 'draw'"),
      (
        "account guarantor_funds",
        "update guarantee.account_role set measures = '{other}' where role = 'guarantor_funds'"
      ),
      ("currency CNY", "update guarantee.currency set minor_digits = 3 where currency = 'CNY'"),
    ])
  func books(_ what: String, _ change: String) async throws {
    try await Self.withOtherRules(change) { url, program in
      let before = try await everything(in: url)
      let run = try await program.run(["migrate"])
      #expect(
        run.exitCode == 70 && run.errors.contains("the rules say otherwise of the \(what)"), "\(run.errors)")
      #expect(try await everything(in: url) == before)
    }
  }

  @Test(
    "What decides otherwise from now on leaves what was decided as it was",
    arguments: [
      "update guarantee.event_type set requires = requires || '{basis}', guards = '{}'",
      "delete from guarantee.guard where precedence > 5", "delete from guarantee.approval_limit",
      "delete from guarantee.event_field where field = 'reference'",
      "delete from guarantee.deadline_expiry; delete from guarantee.deadline_rule; delete from guarantee.deadline",
    ])
  func decisions(_ change: String) async throws {
    try await TemporaryServer.shared.withDatabase(template: ToldLedger.examples) { untouched in
      try await Self.withOtherRules(change) { _, program in
        #expect(try await program.run(["check"]).exitCode == 69)
        try await program.mustRun("migrate")
        #expect(try await program.run(["check"]).exitCode == 0)
        #expect(try await ToldLedger.reports(of: program) == ToldLedger.reports(of: .ledger(untouched)))
      }
    }
  }

  @Test(
    "What these rules would refuse, and others allowed, is read, proved and gone on from as it was recorded")
  func allowed() async throws {
    let lenient =
      "update guarantee.event_type set guards = array_remove(guards, 'recordal_not_in_force') where event = 'open_dispute'"
    func opening(_ key: String, _ dispute: String) -> [String] {
      [
        "dispute", "open", "--key", key, "--on", "2019-01-07", "--office", "EARLY", "--dispute", dispute,
        "--procedure",
        "on_application", "--recordal", "RIGHT", "--right-holder", "HOLDER", "--consignor", "EXPORTER",
        "--currency", "CNY",
      ]
    }
    try await TemporaryServer.shared.withDatabase(template: ToldLedger.examples) { url in
      let (program, connection) = (Program.ledger(url), try await PostgresConnection.connect(to: url))
      try await program.mustRun(
        "office", "register", "--office", "EARLY", "--zone", "Z", "--key", "O", "--on", "2019-01-07")
      for party in [("HOLDER", "right_holder"), ("EXPORTER", "consignor")] {
        try await program.mustRun(
          "party", "register", "--key", party.0, "--on", "2019-01-07", "--party", party.0, "--kind", party.1)
      }
      try await program.mustRun(
        "recordal", "register", "--key", "RIGHT", "--on", "2019-01-07", "--recordal", "RIGHT", "--party",
        "HOLDER", "--kind",
        "invention", "--valid-from", "2024-01-01")
      #expect(try await program.run(opening("before", "EARLY-1")).exitCode == 1)
      try await connection.execute(lenient)
      #expect(try await program.run(opening("meanwhile", "EARLY-2")).exitCode == 0)
      try await connection.execute(
        "update guarantee.source set fingerprint = 'of another program' where kind = 'rules'")
      await connection.close()
      try await program.mustRun("migrate")
      #expect(try await program.run(opening("afterwards", "EARLY-3")).exitCode == 1)
      #expect(try await program.mustRun("dispute", "show", "EARLY-2").contains("EARLY-2"))
      #expect(try await program.run(["check"]).exitCode == 0)
      let folder = try TemporaryFolder()
      try await program.mustRun("export", folder.file("pack"))
      #expect(try await program.run(["verify", folder.file("pack")]).exitCode == 0)
      try await program.mustRun(
        "dispute", "withdraw", "--dispute", "EARLY-2", "--key", "next", "--on", "2019-01-08")
      #expect(try await program.run(["check"]).exitCode == 0)
    }
  }
}
