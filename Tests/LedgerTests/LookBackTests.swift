import GuaranteeLedger
import PostgresClient
import TestSupport
import Testing

@Suite("Looking back")
struct LookBackTests {
  private static let register = [
    "key": "R-1", "on": "2026-01-05", "event": "register_office", "office": "HARBIN", "zone": "Z",
  ]

  @Test("Neither a day nor a time may lie ahead")
  func ahead() async throws {
    try await withLedger { ledger in
      let today = try await ledger.ledger.today()
      let now = try await ledger.now()
      for past in [
        ledger.ledger.asOf(try #require(LedgerDate("2999-01-01"))),
        ledger.ledger.knownAt(LedgerTime(microsecondsSince1970: now.microsecondsSince1970 + 3_600_000_000)),
      ] {
        await #expect(
          performing: { try await past.lots().all() }, throws: { ($0 as? LedgerError)?.code == .notYet })
      }
      #expect(try await ledger.ledger.asOf(today).lots().all() == [])
      #expect(try await ledger.ledger.asOf(today).today() == today)
    }
  }

  @Test("A time without offset is the ledger's zone's")
  func zone() async throws {
    try await withLedger { ledger in
      func moment(_ text: String) async throws -> String? {
        let time = try #require(WrittenTime(text))
        return try await ledger.lookingBack(asOf: nil, knownAt: time.description) {
          try await ledger.value("select guarantee_past.known_at() = '2026-01-31T09:30:00Z'::timestamptz")
        }
      }
      for text in [
        "2026-01-31T17:30", "2026-01-31 17:30:00", "2026-01-31T17:30:00.000", "2026-01-31T09:30Z",
        "2026-01-31T09:30:00z",
        "2026-01-31T17:30+08", "2026-01-31T17:30+0800", "2026-01-31T04:30:00-05:00",
      ] {
        let isThat = try await moment(text)
        #expect(isThat == "t", "\(text)")
      }
      for text in [
        "", "2026-01-31", "2026-02-30T10:00", "2026-01-31T24:00", "2026-01-31T10:60", "2026-01-31T10",
        "2026-01-31T10:00+16",
        "2026-01-31T10:00 ", "now", "2026-01-31T10:00:00,5", "２０２６-01-31T10:00",
      ] {
        #expect(WrittenTime(text) == nil, "\(text)")
      }
    }
  }

  @Test("What is known at a time that has just passed waits for those who are recording, and is final")
  func waits() async throws {
    try await withLedger { ledger in
      try await ledger.connection.execute("begin")
      let event = #"[{"key":"R-1","on":"2026-01-05","event":"register_office","office":"HARBIN","zone":"Z"}]"#
      #expect(
        try await ledger.connection.query("select result from guarantee_api.record($1::jsonb)", [event]).value
          == "recorded")
      let time = try await ledger.now()
      async let past = ledger.ledger.knownAt(time).today()
      try await commitOnceSomebodyWaits(ledger)
      _ = try await past
      let journal = try await ledger.lookingBack(asOf: nil, knownAt: time.description) {
        try await ledger.value("select count(*) from guarantee_past.event")
      }
      #expect(journal == "1")
    }
  }

  @Test("It waits for those who are matching with the bank as well")
  func waitsForTheBank() async throws {
    try await withLedger { ledger in
      _ = try await ledger.record(Scene.opening)
      try await BankSide.tell(ledger.ledger)
      try await ledger.connection.execute("begin; select guarantee_api.bank_unmatch('{1}')")
      let past = ledger.ledger.knownAt(try await ledger.now())
      async let lines = past.reconciliation().all()
      try await commitOnceSomebodyWaits(ledger)
      let found = try await lines
      #expect(found.map(\.item) == ["ledger_balance", "bank", "bank", "ledger", "bank_balance"])
      #expect(found.last?.amount.text == "999995.00" && found.compactMap(\.key) == ["M-HARBIN"])
    }
  }

  @Test("A seal is known from when it is kept, though its time was fixed before it was signed")
  func seals() async throws {
    try await withLedger { ledger in
      #expect(try await ledger.record([Self.register]) == ["recorded"])
      // Whoever signs elsewhere takes its time, and holds no transaction open meanwhile.
      let key = String(repeating: "0a", count: 32)
      let proposed = try await ledger.rows(
        "select sealed_at, encode(bytes, 'hex') from guarantee_api.propose_seal(left(encode(sha256(decode($1, 'hex')), 'hex'), 32))",
        [key])
      let between = try await ledger.now()
      #expect(try await ledger.ledger.knownAt(between).seals().all() == [])
      _ = try await ledger.rows(
        "select guarantee_api.add_seal(decode($1, 'hex'), decode($2, 'hex'), decode(repeat('00', 64), 'hex'))",
        [proposed[0][1], key])
      let after = try await ledger.now()
      let seal = try #require(try await ledger.ledger.seals().all().first)
      #expect(seal.sealedAt < between)
      #expect(try await ledger.ledger.knownAt(between).seals().all() == [])
      #expect(try await ledger.ledger.knownAt(after).seals().all() == [seal])
      #expect(try await ledger.check() == [])
    }
  }

  @Test("What is known at a time that has just passed waits for a seal that is being signed")
  func waitsForSeal() async throws {
    try await withLedger { ledger in
      #expect(try await ledger.record([Self.register]) == ["recorded"])
      let key = String(repeating: "0a", count: 32)
      try await ledger.connection.execute("begin")
      let digits = try await ledger.rows(
        "select encode(bytes, 'hex') from guarantee_api.propose_seal(left(encode(sha256(decode($1, 'hex')), 'hex'), 32))",
        [key])
      _ = try await ledger.rows(
        "select guarantee_api.add_seal(decode($1, 'hex'), decode($2, 'hex'), decode(repeat('00', 64), 'hex'))",
        [digits[0][0], key])
      let time = try await ledger.now()
      async let past = ledger.ledger.knownAt(time).seals().all()
      try await commitOnceSomebodyWaits(ledger)
      #expect(try await past.count == 1)
    }
  }

  @Test("A transaction reads the past and goes on in the present")
  func inTransaction() async throws {
    try await withLedger { ledger in
      let before = try await ledger.now()
      #expect(try await ledger.record([Self.register]) == ["recorded"])
      try await ledger.ledger.atomically { inside in
        let past = inside.knownAt(before)
        #expect(try await past.today() == (try await inside.today()))
        try await past.report(.lots, columns: { _ in }, row: { _ in })
      }
    }
  }

  /// Commits the transaction of the tests' own connection when a reading of the past waits for it.
  private func commitOnceSomebodyWaits(_ ledger: TestLedger) async throws {
    let other = try await PostgresConnection.connect(to: ledger.connectionString)
    try await until {
      try await other.query(
        "select count(*) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()"
      ).value == "1"
    }
    try await ledger.connection.execute("commit")
    await other.close()
  }
}
