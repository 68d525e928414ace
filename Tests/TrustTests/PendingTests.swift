import GuaranteeLedger
import Testing

@Suite("The second person")
struct PendingTests {
  /// A clerk, who is an approver too, and two approvers.
  private func withPeople(_ body: @Sendable (Office) async throws -> Void) async throws {
    try await Office.with { office in
      try await office.add("anna", .clerk)
      try await office.add("anna", .approver)
      try await office.add("boris", .approver)
      try await office.add("carla", .approver, at: nil)
      try await body(office)
    }
  }

  @Test("What needs one is judged, waits, and changes nothing until somebody else approves it")
  func waits() async throws {
    try await withPeople { office in
      let before = try await office.balances()
      let codes = try await office.record(
        [Office.refund("P"), Office.refund("TOO-MUCH", "100.01"), Office.money("M", "1.00")], as: "anna")
      #expect(codes == ["pending", "insufficient_funds", "recorded"])
      #expect(try await office.approve(["P"], as: "anna") == ["same_person"])
      let waiting = try await office.acting(as: "boris") { try await $0.pending().all() }
      #expect(waiting.map(\.key) == ["P"] && waiting[0].amount?.description == "100.00 CNY")
      #expect(waiting[0].proposedBy == office.login("anna") && waiting[0].needed == 1)
      let after = try await office.balances()
      #expect(before.count == after.count && before != after)
      #expect(try await office.approve(["P", "P"], as: "boris") == ["recorded", "replayed"])
      #expect(try await office.approve(["P"], as: "carla") == ["replayed"])
      let event = try await office.rows(
        "select recorded_by, approved_by from guarantee.event where key = 'P'")
      #expect(event == [[office.login("anna"), office.login("boris")]])
      #expect(try await office.findings() == [])
      #expect(try await office.pending() == [])
    }
  }

  @Test(
    "What a clerk may record is the same in one batch as one by one: it follows what the batch opens there")
  func followers() async throws {
    func of(_ dispute: String, _ name: String, _ fields: [String: String] = [:]) -> Event {
      Office.event("\(dispute) \(name)", name, fields.merging(["dispute": dispute]) { $1 })
    }
    var astray = Office.dispute("X", at: "HARBIN")
    astray.key = "X at HARBIN"
    let events = [
      Office.dispute("N", at: "QINGDAO"), of("N", "add_lot", ["lot": "1", "amount": "1.00"]),
      of("N", "lodge_security", ["amount": "1.00"]),
      Office.event("back", "reverse", ["reverses": "N lodge_security", "reference": "slip"]),
      astray, of("X", "add_lot", ["lot": "1", "amount": "1.00"]), Office.dispute("X", at: "QINGDAO"),
      of("X", "lodge_security", ["amount": "1.00"]),
    ]
    let expected = [
      "recorded", "recorded", "recorded", "pending", "not_permitted", "not_permitted", "recorded", "recorded",
    ]
    for inOne in [true, false] {
      try await withPeople { office in
        var codes: [String] = []
        for batch in inOne ? [events] : events.map({ [$0] }) {
          codes += try await office.record(batch, as: "anna")
        }
        #expect(codes == expected, "\(inOne ? "in one batch" : "one by one")")
      }
    }
  }

  @Test("A bad amount is a bad value, whoever sends it for whichever office")
  func badAmounts() async throws {
    try await withPeople { office in
      let events = ["0.00", "0.001", "1.00"].map { Office.money($0, at: "HARBIN", $0) }
      let results = try await office.acting(as: "anna") { try await $0.record(events) }
      #expect(results.map(\.code) == ["bad_value", "bad_value", "not_permitted"])
      #expect(results[0].refusal?.message.contains("amount can't be read: 0.00") == true, "\(results)")
    }
  }

  @Test("While its key waits, the same content is pending again, and other content conflicts")
  func keys() async throws {
    try await withPeople { office in
      let batch = [
        Office.refund("P", "1.00"), Office.refund("P", "1.0"), Office.refund("P", "2.00"),
        Office.money("P", "1.00"),
        Office.money("M-QINGDAO", "7.00"),
      ]
      let wanted = ["pending", "pending", "key_conflict", "key_conflict", "key_conflict"]
      let first = try await office.record(batch, as: "anna")
      #expect(first == wanted)
      #expect(try await office.record(batch, as: "anna") == wanted)
      #expect(try await office.approve(["P"], as: "boris") == ["recorded"])
      #expect(
        try await office.record(Array(batch.prefix(3)), as: "anna") == [
          "replayed", "replayed", "key_conflict",
        ])
    }
  }

  @Test("It reserves nothing: what is gone by then is refused, and it goes on waiting until there is enough")
  func reservesNothing() async throws {
    try await withPeople { office in
      let codes = try await office.record(
        [Office.refund("P1", "60.00"), Office.refund("P2", "60.00")], as: "anna")
      #expect(codes == ["pending", "pending"])
      #expect(try await office.approve(["P1", "P2"], as: "boris") == ["recorded", "insufficient_funds"])
      #expect(try await office.pending().map(\.key) == ["P2"])
      #expect(try await office.record([Office.money("M", "20.00")], as: "anna") == ["recorded"])
      #expect(try await office.approve(["P2"], as: "boris") == ["recorded"])
      #expect(try await office.findings() == [])
    }
  }

  @Test("A refusal needs a reason, frees the key, and is kept; who proposed may take back")
  func refusal() async throws {
    try await withPeople { office in
      _ = try await office.record([Office.refund("P"), Office.refund("OWN")], as: "anna")
      await #expect(throws: LedgerError.self) {
        try await office.acting(as: "boris") { try await $0.refuse(["P"], because: " ") }
      }
      let refused = try await office.acting(as: "boris") {
        try await $0.refuse(["P", "NONE"], because: "no order")
      }
      #expect(refused.map { $0.obstacle?.code } == [nil, .notPermitted])
      let again = try await office.acting(as: "boris") { try await $0.refuse(["P"], because: "no order") }
      #expect(again.map { $0.obstacle?.code } == [.notPending])
      let own = try await office.acting(as: "anna") { try await $0.refuse(["OWN"], because: "mistyped") }
      #expect(own.map { $0.obstacle?.code } == [nil])
      let attempts = try await office.owner.attempts(office: "QINGDAO").all().filter { $0.result == .refused }
      #expect(
        attempts.map(\.key) == ["P", "OWN"]
          && attempts.map(\.attemptedBy) == [office.login("boris"), office.login("anna")])
      #expect(attempts[0].fields.contains(#""refused_because": "no order""#))
      #expect(attempts[0].fields.contains(#""recorded_by": "\#(office.login("anna"))""#))
      #expect(
        try await office.record([Office.money("P", "1.00")], as: "anna") == ["recorded"], "the key is free")
      #expect(try await office.findings() == [])
    }
  }

  @Test("Only approvers of the office approve, whatever else somebody is")
  func whoApproves() async throws {
    try await withPeople { office in
      try await office.add("harbin", .approver, at: ["HARBIN"])
      try await office.add("clerk", .clerk)
      _ = try await office.record([Office.refund("P")], as: "anna")
      #expect(try await office.approve(["P"], as: "harbin") == ["not_permitted"])
      await #expect(throws: LedgerError.self) { try await office.approve(["P"], as: "clerk") }
      let owners = try await office.owner.approve(["P"]).map(\.code)
      #expect(owners == ["not_permitted"])
      #expect(try await office.approve(["P", "NONE"], as: "carla") == ["recorded", "not_pending"])
    }
  }

  @Test("Rows say how many others it takes: none up to an amount, then one, then two")
  func limits() async throws {
    try await withPeople { office in
      _ = try await office.rows(
        """
        insert into guarantee.approval_limit values (10, 'refund_funds', '', 'CNY', 10, 0), (11, 'refund_funds', '', 'CNY', 50, 1),
          (12, 'refund_funds', '', 'CNY', null, 2), (13, 'refund_funds', 'HARBIN', '', null, 1)
        """)
      let events = [
        Office.refund("ONE", "10.00"), Office.refund("TWO", "10.01"), Office.refund("THREE", "75.00"),
      ]
      #expect(try await office.record(events, as: "anna") == ["recorded", "pending", "pending"])
      #expect(try await office.approve(["TWO", "THREE"], as: "boris") == ["recorded", "pending"])
      #expect(
        try await office.approve(["THREE"], as: "boris") == ["pending"], "one approver is one, however often")
      let waiting = try await office.pending()
      #expect(waiting.map(\.approvals) == [1] && waiting.map(\.needed) == [2])
      #expect(try await office.record([Office.refund("FOUR", "10.00")], as: "anna") == ["recorded"])
      #expect(try await office.approve(["THREE"], as: "carla") == ["insufficient_funds"])
      _ = try await office.record([Office.money("M", "1000.00")], as: "anna")
      #expect(try await office.approve(["THREE"], as: "carla") == ["recorded"])
      let found = try await office.rows(
        "select key, approved_by from guarantee.event where key in ('ONE', 'THREE') order by key")
      #expect(
        found == [
          ["ONE", office.login("anna")], ["THREE", "\(office.login("boris")), \(office.login("carla"))"],
        ])
      #expect(try await office.findings() == [])
    }
  }

  @Test("A reversal counts with what it takes back, also of an event of its own batch")
  func reversal() async throws {
    try await withPeople { office in
      let codes = try await office.record(
        [Office.money("M", "70.00"), Office.event("RV", "reverse", ["reverses": "M", "reference": "r"])],
        as: "anna")
      #expect(codes == ["recorded", "pending"])
      #expect(try await office.pending().map(\.amount?.description) == ["70.00 CNY"])
      #expect(try await office.approve(["RV"], as: "boris") == ["recorded"])
      #expect(try await office.findings() == [])
    }
  }

  @Test("In a ledger without members approval is immediate, and the record says so")
  func alone() async throws {
    try await Office.with { office in
      #expect(try await office.ownerRecords([Office.refund("P")]) == ["recorded"])
      let event = try await office.rows(
        "select recorded_by, approved_by from guarantee.event where key = 'P'")
      #expect(event == [["postgres", "postgres"]])
    }
  }

  @Test("What waited at a time is seen as of that time")
  func past() async throws {
    try await withPeople { office in
      _ = try await office.record([Office.refund("P")], as: "anna")
      let now = try await office.rows(
        "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
      let time = try #require(LedgerTime(now[0][0]))
      _ = try await office.approve(["P"], as: "boris")
      for name in ["anna", "boris"] {
        try await office.acting(as: name) { ledger in
          let (then, since) = (
            try await ledger.knownAt(time).pending().all(), try await ledger.pending().all()
          )
          #expect(then.map(\.key) == ["P"] && since == [])
        }
      }
    }
  }
}
