import FoundationEssentials
import GuaranteeLedger
import PostgresClient
import ReferenceLedger
import TestSupport
import Testing

@Suite("What was known at a time, and how the books were on a day")
struct PastReadingTests {
  /// `LEDGER_SEEDS="7 8 9"` tries others.
  static let seeds: [UInt64] =
    ProcessInfo.processInfo.environment["LEDGER_SEEDS"]?.split(separator: " ").compactMap { UInt64($0) } ?? [
      20_261_125, 4,
    ]

  @Test("What is read at a time is read again for that time, whatever was recorded since", arguments: seeds)
  func knownAt(seed: UInt64) async throws {
    try await withLedger { ledger in
      let today = try await ledger.today()
      var stream = EventStream(seed: seed, rules: try .ofThisPackage(), today: today)
      var random = SplitMix64(seed: seed)
      var bank = BankStream(seed: seed)
      var read: [(time: LedgerTime, texts: [(what: String, text: String)], of: PastReadings)] = []
      for round in 0..<12 {
        let size = random.within(5...90)
        _ = try await ledger.record((0..<size).map { _ in stream.next().fields })
        if round % 3 > 0 { try await bank.next(in: ledger) }
        let known = stream.ledger.disputes.keys.sorted()
        let readings = PastReadings(
          guarantors: ["G-1", "G-2"]
            + stream.ledger.parties.filter { $0.value == "guarantor" }.keys.sorted().prefix(2),
          disputes: known.isEmpty ? [] : (0..<3).map { _ in known[random.below(known.count)] })
        let time = try await ledger.now()
        read.append((time, try await readings.all(of: ledger.ledger), readings))
        // The one just made or any of those before; in the end all of them.
        try await expectAgain(read[random.below(round + 1)], in: ledger, seed)
      }
      for one in read { try await expectAgain(one, in: ledger, seed) }
      let undone = try await ledger.value(
        "select count(*) from guarantee.bank_match where undone_for is null and undone_at is not null")
      try #require(undone != "0", "nobody has taken a match apart")
      #expect(try await ledger.check() == [])
    }
  }

  private func expectAgain(
    _ read: (time: LedgerTime, texts: [(what: String, text: String)], of: PastReadings),
    in ledger: TestLedger,
    _ seed: UInt64
  ) async throws {
    let again = try await read.of.all(of: ledger.ledger.knownAt(read.time))
    try #require(again.count == read.texts.count)
    for (then, now) in zip(read.texts, again) where then.text != now.text {
      Issue.record("Seed \(seed), \(then.what) at \(read.time): was\n\(then.text)\nand is now\n\(now.text)")
    }
  }

  @Test("With no limit set, what was is what is")
  func sameWithoutLimit() async throws {
    try await withLedger { ledger in
      _ = try await ledger.record(StoryLedger(disputeCount: 60, seed: 5).all)
      var bank = BankStream(seed: 5)
      for _ in 0..<2 { try await bank.next(in: ledger) }
      let relations = try await ledger.rows(
        """
        select p.relname, string_agg(quote_ident(a.attname), ', ' order by a.attnum)
          from pg_class p
          join pg_class k on k.relname = p.relname and k.relnamespace = 'guarantee'::regnamespace
          join pg_attribute a on a.attrelid = p.oid and a.attnum > 0
          join pg_attribute b on b.attrelid = k.oid and b.attnum > 0 and b.attname = a.attname
         where p.relnamespace = 'guarantee_past'::regnamespace
         group by p.relname order by p.relname
        """)
      #expect(relations.count >= 15)
      for relation in relations {
        let (name, columns) = (relation[0], relation[1])
        let kept = "select \(columns) from guarantee.\(name)"
        let past = "select \(columns) from guarantee_past.\(name)"
        let differing = try await ledger.value(
          "select count(*) from ((\(kept) except all \(past)) union all (\(past) except all \(kept))) d")
        #expect(differing == "0", "guarantee_past.\(name)")
      }
      let functions = try await ledger.rows(
        """
        select p.proname from pg_proc p
         where p.pronamespace = 'guarantee_past'::regnamespace and p.proretset and p.pronargs = p.pronargdefaults
           and exists (select from pg_proc k where k.pronamespace = 'guarantee_api'::regnamespace and k.proname = p.proname)
         order by p.proname
        """)
      #expect(functions.count >= 7)
      for function in functions.map({ $0[0] }) {
        let past = try await ledger.rows("select * from guarantee_past.\(function)()")
        #expect(past == (try await ledger.rows("select * from guarantee_api.\(function)()")), "\(function)")
      }
    }
  }

  @Test("What was sorts as what is: by bytes")
  func collations() async throws {
    try await withLedger { ledger in
      let differing = try await ledger.rows(
        """
        select p.relname, a.attname
          from pg_class p
          join pg_class k on k.relname = p.relname and k.relnamespace = 'guarantee'::regnamespace
          join pg_attribute a on a.attrelid = p.oid and a.attnum > 0 and a.atttypid = 'text'::regtype
          join pg_attribute b on b.attrelid = k.oid and b.attname = a.attname
         where p.relnamespace = 'guarantee_past'::regnamespace and a.attcollation <> b.attcollation
        """)
      #expect(differing == [])
    }
  }

  @Test(
    "The books of a day are those of a ledger that was told nothing with a later date",
    arguments: [1, 2] as [UInt64])
  func asOf(seed: UInt64) async throws {
    try await withLedger { ledger in
      let story = StoryLedger(disputeCount: 40, seed: seed)
      // Dispute by dispute, so that most of what is recorded lies before what was recorded already.
      let events = story.register + story.disputes.flatMap { $0 }
      let results = try await ledger.record(events)
      let recorded = zip(events, results).filter { $1 == "recorded" }.map(\.0)
      var random = SplitMix64(seed: seed)
      let days = Set(recorded.compactMap { $0["on"] }).sorted()
      for day in Set((0..<12).map { _ in days[random.below(days.count)] } + [days[0], days[days.count - 1]]) {
        var model = ReferenceLedger(rules: try .ofThisPackage())
        let date = try #require(Day(day))
        for event in recorded where event["on"] ?? "" <= day {
          try #require(model.record(event, today: date) == "recorded", "\(event)")
        }
        let found = try await ledger.lookingBack(asOf: day, knownAt: nil) {
          try await ledger.disagreements(with: model, ofThePast: true, today: date)
        }
        #expect(found == [], "seed \(seed), as of \(day)")
      }
    }
  }

  @Test("A lot is in a day's books once what added it is, whatever of it bears an earlier date")
  func lotAddedLater() async throws {
    try await withLedger { ledger in
      let more: [(String, String, Fields)] = [
        ("add_lot", "2025-03-10", ["lot": "late", "amount": "300.00"]),
        (
          "lodge_counter_guarantee", "2025-03-05",
          ["guarantor": "BANK", "amount": "300.00", "instrument": "cash"]
        ),
        ("release_conditionally", "2025-03-06", ["lot": "late"]),
      ]
      let late = more.map { event, day, fields in
        Scene.event(event, key: "late \(event)", on: day, fields.merging(["dispute": "D"]) { $1 })
      }
      let results = try await ledger.record(Scene.opening + Scene.released("D") + late)
      #expect(Set(results) == ["recorded"])
      func goods(on day: String) async throws -> [[String]] {
        try await ledger.lookingBack(asOf: day, knownAt: nil) {
          try await ledger.rows("select lot, state, value from guarantee_past.report_lots()")
            + ledger.rows("select goods_value, conditionally_released from guarantee_past.report_disputes()")
            + ledger.rows("select goods_out from guarantee_past.report_cover()")
        }
      }
      let first = ["1", "released_conditionally", "1000.00"]
      #expect(try await goods(on: "2025-03-09") == [first, ["1000.00", "1000.00"], ["1000.00"]])
      let second = ["late", "released_conditionally", "300.00"]
      #expect(try await goods(on: "2025-03-10") == [first, second, ["1300.00", "1300.00"], ["1300.00"]])
      #expect(try await ledger.check() == [])
    }
  }

  @Test("Working days, facilities and deadlines are as they were believed to be")
  func believed() async throws {
    try await withLedger { ledger in
      let story = StoryLedger(disputeCount: 1, seed: 3)
      _ = try await ledger.record(story.register)
      let before = try await ledger.now()
      let facility = [
        "key": "F", "on": StoryLedger.opening, "event": "grant_facility", "office": "HARBIN",
        "guarantor": "BANK-A", "currency": "CNY", "amount": "7",
      ]
      let day = [
        "key": "W", "on": StoryLedger.opening, "event": "set_working_day", "day": "2025-01-08",
        "working_day": "false",
      ]
      #expect(try await ledger.record([facility, day]) == ["recorded", "recorded"])
      let past = ledger.ledger.knownAt(before)
      let now = try await ledger.ledger.exposure(of: "BANK-A", at: "HARBIN", in: .cny)
      let then = try await past.exposure(of: "BANK-A", at: "HARBIN", in: .cny)
      #expect(now?.facility?.description == "7.00 CNY" && then?.facility?.description == "900000000.00 CNY")
      let dueOn = "due_on('2025-01-06', 3, 'working_days')"
      #expect(try await ledger.value("select guarantee_api.\(dueOn)") == "2025-01-10")
      let dueThen = try await ledger.lookingBack(asOf: nil, knownAt: before.description) {
        try await ledger.value("select guarantee_past.\(dueOn)")
      }
      #expect(dueThen == "2025-01-09")
      // What was known by then of what has a date by then: the grant is known now, and of a day before.
      let believed = try await ledger.ledger.asOf(try #require(LedgerDate("2024-01-01"))).exposures().all()
      #expect(believed == [])
    }
  }
}
