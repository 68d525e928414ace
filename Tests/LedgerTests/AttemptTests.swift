import GuaranteeLedger
import PostgresClient
import Testing

@Suite("Refused attempts are kept")
struct AttemptTests {
  private func attempts(in ledger: TestLedger) async throws -> [[String]] {
    try await ledger.rows(
      "select office, number, key, event, result, reported from guarantee_api.report_attempts()")
  }

  @Test("Each with its office, as far as that is known, in the order in which they came")
  func kept() async throws {
    try await withLedger { ledger in
      _ = try await ledger.record(Scene.opening)
      #expect(try await attempts(in: ledger) == [], "what is recorded is no attempt")
      var unknown = Scene.funds(key: "U", office: "NOWHERE", "1.00")
      let codes = try await ledger.record([
        Scene.event("vanish", key: "V"), Scene.funds(key: "M", office: "HARBIN", "x"), unknown,
        Scene.funds(key: "M-QINGDAO", "2.00"), Scene.funds(key: "M-HARBIN", office: "HARBIN", "1000000.00"),
        Scene.event("detain", key: "D", ["dispute": "D"]),
      ])
      #expect(
        codes == [
          "unknown_event", "bad_value", "unknown_office", "key_conflict", "replayed", "unknown_dispute",
        ])
      #expect(
        try await attempts(in: ledger) == [
          ["", "1", "V", "vanish", "unknown_event", "f"],
          ["", "2", "U", "receive_funds", "unknown_office", "f"],
          ["", "3", "D", "detain", "unknown_dispute", "f"],
          ["HARBIN", "1", "M", "receive_funds", "bad_value", "f"],
          ["QINGDAO", "1", "M-QINGDAO", "receive_funds", "key_conflict", "f"],
        ])
      unknown["office"] = "HARBIN"
      #expect(try await ledger.record([unknown]) == ["recorded"], "its key is free")
      let rows = try await ledger.ledger.attempts(office: "").all()
      #expect(rows.map(\.number) == [1, 2, 3] && rows.allSatisfy { $0.office == nil && !$0.isReported })
      let next = try await ledger.ledger.attempts(after: rows[1].bookmark).all()
      #expect(next.map(\.number) == [3, 1, 1])
      let found = try await ledger.check()
      #expect(found == [])
    }
  }

  @Test("Warnings are let through where a session hides them, as one may say that nobody else has the commit")
  func warned() async throws {
    try await withLedger { ledger in
      try await ledger.connection.transaction { session in
        try await session.execute("set local client_min_messages = error")
        _ = try await session.query("select * from guarantee_api.record('[{}]')")
        let level = try await session.query("show client_min_messages").value
        #expect(level == "warning")
      }
    }
  }

  @Test("Those of a run of all or nothing stay when it is taken back; those of a trial run don't")
  func takenBack() async throws {
    struct Enough: Error {}
    try await withLedger { ledger in
      let events = (Scene.opening + [Scene.event("vanish", key: "V")]).map(Event.init(fields:))
      await #expect(throws: Enough.self) {
        try await ledger.ledger.atomically { inside in
          _ = try await inside.record(events)
          throw Enough()
        }
      }
      let codes = try await ledger.ledger.atomically(rollingBack: true) {
        try await $0.record(events).map(\.code)
      }
      #expect(codes.last == "unknown_event")
      #expect(try await ledger.value("select count(*) from guarantee.event") == "0")
      #expect(try await attempts(in: ledger) == [["", "1", "V", "vanish", "unknown_event", "t"]])
      _ = try await ledger.ledger.atomically { try await $0.record(events) }
      #expect(
        try await attempts(in: ledger).last == ["", "2", "V", "vanish", "unknown_event", "f"], "it was kept")
      let found = try await ledger.check()
      #expect(found == [])
    }
  }

  @Test("Nobody reports for another, or a code that refuses nothing, and no attempt is ever changed")
  func forged() async throws {
    try await withLedger { ledger in
      _ = try await ledger.record([Scene.event("vanish", key: "V")])
      for results in [#"["recorded"]"#, #"["replayed"]"#, "[]", #"["duplicate", "duplicate"]"#] {
        #expect(
          await ledger.refusal(of: "select guarantee_api.report_refusals('[{}]', '\(results)')") == "GL007")
      }
      for change in [
        "update guarantee.attempt set result = ''", "delete from guarantee.attempt",
        "truncate guarantee.attempt",
      ] {
        #expect(await ledger.refusal(of: change) == "GL001")
      }
    }
  }

  @Test(
    "Whatever is sent as an event, it is kept as it is",
    arguments: ["3", "null", "[1.50, {\"a\": [true]}]", "\"text\"", "{}"])
  func anything(_ sent: String) async throws {
    try await withLedger { ledger in
      let result = try await ledger.value("select result from guarantee_api.record($1::jsonb)", ["[\(sent)]"])
      #expect(result == "unknown_event")
      #expect(try await ledger.value("select fields::text from guarantee.attempt") == sent)
      let found = try await ledger.check()
      #expect(found == [])
    }
  }

  @Test("Those who are refused at once wait for each other, and leave no gap")
  func together() async throws {
    try await withLedger { ledger in
      _ = try await ledger.record(Scene.opening)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 0..<4 {
          group.addTask {
            try await ledger.withWriter { record in
              for round in 0..<10 {
                let office = (writer + round) % 2 == 0 ? "HARBIN" : "QINGDAO"
                _ = try await record([
                  Scene.funds(key: "M \(writer) \(round)", office: office, "1.00"),
                  Scene.event("vanish", key: "V"),
                  Scene.funds(key: "N", office: office == "HARBIN" ? "QINGDAO" : "HARBIN", "x"),
                ])
              }
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await ledger.value("select count(*) from guarantee.attempt") == "80")
      let found = try await ledger.check()
      #expect(found == [])
    }
  }
}
