import ReferenceLedger
import Testing

@Suite("Disputes narrowed to a guarantor, an office and a stage")
struct NarrowedDisputesTests {
  /// All that can be asked for, with what is to be found by looking at each dispute.
  private static let wanted = """
    with asked as (
      select * from (select null as guarantor union select p.guarantor from guarantee.guarantor_position p) g
       cross join (select null as office union select b.office from guarantee.book b) o
       cross join (select null as stage union select t.to_stage from guarantee.dispute_transition t) s
    ), wanted as (
      select a.*, d.dispute from asked a
        join guarantee.dispute d on coalesce(a.office, d.office) = d.office and coalesce(a.stage, d.stage) = d.stage
       where a.guarantor is null or exists (
         select from guarantee.guarantor_position p where p.dispute = d.dispute and p.guarantor = a.guarantor)
    )
    """

  /// Runs `body` with a ledger in which much has happened.
  private func withDisputes(seed: UInt64, _ body: @Sendable (TestLedger) async throws -> Void) async throws {
    try await withLedger { ledger in
      var stream = EventStream(seed: seed, rules: try .ofThisPackage(), today: try await ledger.today())
      _ = try await ledger.record((0..<1000).map { _ in stream.next().fields })
      try await body(ledger)
    }
  }

  @Test("They are those that are left when each is looked at")
  func narrowed() async throws {
    try await withDisputes(seed: 1) { ledger in
      let differing = try await ledger.rows(
        Self.wanted + """
          , found as (
            select a.*, d.dispute from asked a cross join lateral guarantee_api.report_disputes(
              office => a.office, guarantor => a.guarantor, stage => a.stage) d
          )
          (table found except all table wanted) union all (table wanted except all table found)
          """)
      #expect(differing.isEmpty)
      let stages = try await ledger.rows(
        Self.wanted + """
          select distinct guarantee_api.is_final(w.stage) from wanted w
           where w.guarantor is not null and w.stage is not null order by 1
          """)
      #expect(stages.count == 2, "A guarantor stands in disputes that have ended and in others.")
    }
  }

  @Test("A stage that there isn't is no final one, for which nearly all disputes would be looked at")
  func unknownStage() async throws {
    try await withLedger { (ledger) async throws in
      let stages =
        "select guarantee_api.is_final('nowhere'), guarantee_api.is_final('detained'), guarantee_api.is_final('closed')"
      #expect(try await ledger.rows(stages) == [["f", "f", "t"]])
    }
  }

  @Test(
    "A page of lots narrowed to a guarantor or a stage has those of the disputes that are",
    arguments: ["guarantor", "stage"])
  func lots(kind: String) async throws {
    try await withDisputes(seed: 2) { ledger in
      let rows = try await ledger.rows(
        Self.wanted + """
          , narrowed as (
            select distinct \(kind) as value from wanted where office is null and num_nonnulls(guarantor, stage) = 1 and \(kind) is not null
          )
          select n.value, found.lots, found.lots = (
                   select count(*) from guarantee.lot l join wanted w on w.dispute = l.dispute
                    where w.\(kind) = n.value and w.office is null and num_nonnulls(w.guarantor, w.stage) = 1),
                 found.others
            from narrowed n
           cross join lateral (
              select count(*) as lots, count(*) filter (where not exists (
                       select from wanted w where w.dispute = l.dispute and w.\(kind) = n.value)) as others
                from guarantee_desk.report_lots(page => jsonb_build_object('rows', '{}'::jsonb, 'order', '[]'::jsonb, 'filters',
                  jsonb_build_array(jsonb_build_object('is', 'of_disputes', 'column', '\(kind)', 'value', n.value)))) l
            ) found
          """)
      #expect(rows.allSatisfy { $0[2] == "t" && $0[3] == "0" }, "\(rows)")
      #expect(rows.filter { $0[1] != "0" }.count > 1)
    }
  }
}
