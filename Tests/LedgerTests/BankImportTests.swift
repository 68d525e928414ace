import GuaranteeLedger
import Testing

extension TestLedger {
  /// Imports files' texts, all of them at once, and says of each statement how many lines it has, how many were known,
  /// and what came of it; or why none is taken.
  fileprivate func take(_ texts: String..., of account: String = "6222") async throws -> [String] {
    var hints = BankFiles.Hints()
    (hints.account, hints.currency) = (account, .cny)
    var files = BankFiles(hints: hints)
    var results: [String] = []
    do {
      for text in texts { try files.read(Array(text.utf8), named: "file") }
      try await ledger.importStatements(
        try files.statements(), office: "HARBIN", columns: { _ in },
        row: { results.append($0.suffix(3).map { $0 ?? "" }.joined(separator: " ")) })
    } catch let error as BankFileError {
      return [error.description]
    }
    return results
  }

  /// What the bank booked, in its order.
  fileprivate func booked() async throws -> [String] {
    try await rows("select amount / 100 from guarantee.bank_line order by line").map { $0[0] }
  }
}

@Suite("What of a bank's statement is new")
struct BankImportTests {
  private static func list(_ rows: String...) -> String {
    "交易日期,借方,贷方,余额,摘要\n" + rows.joined(separator: "\n") + "\n"
  }

  private static func numbered(_ rows: String...) -> String {
    "交易日期,借方,贷方,余额,流水号\n" + rows.joined(separator: "\n") + "\n"
  }

  private static func message(_ number: String, _ lines: String..., from: String, to: String) -> String {
    ":20:X\n:25:6222\n:28C:\(number)\n:60F:C260105CNY\(from)\n" + lines.map { ":61:\($0)\n" }.joined()
      + ":62F:C260106CNY\(to)\n-\n"
  }

  @Test(
    "A day's lists without references, each of a part of it, are taken one after the other, and known again")
  func parts() async throws {
    let morning = Self.list("2026-01-06 09:00,,1000.00,1000.00,")
    let afternoon = Self.list("2026-01-06 15:00,,1000.00,2000.00,")
    let evening = Self.list("2026-01-06 15:00,,1000.00,2000.00,", "2026-01-06 18:00,,500.00,2500.00,")
    let whole = Self.list(
      "2026-01-06 09:00,,1000.00,1000.00,", "2026-01-06 15:00,,1000.00,2000.00,",
      "2026-01-06 18:00,,500.00,2500.00,", "2026-01-07 08:00,1.00,,2499.00,")
    for hasTimes in [true, false] {
      try await withLedger { ledger in
        _ = try await ledger.record(Scene.opening)
        for (text, result) in [
          (morning, "1 0 imported"), (afternoon, "1 0 imported"), (evening, "2 1 imported"),
          (whole, "4 3 imported"), (morning, "1 1 known"), (evening, "2 2 known"), (whole, "4 4 known"),
        ] {
          let told = try await ledger.take(hasTimes ? text : text.replacing(#/ \d\d:00/#, with: ""))
          #expect(told == [result], "\(text)")
        }
        #expect(try await ledger.booked() == ["1000", "1000", "500", "-1"])
      }
    }
  }

  @Test(
    "What comes a second time at another time of day is another booking, though it leads back to the same balance"
  )
  func times() async throws {
    let morning = Self.list("2026-01-06 09:00,,7.00,7.00,", "2026-01-06 10:00,7.00,,0.00,")
    let afternoon = Self.list("2026-01-06 15:00,,7.00,7.00,", "2026-01-06 16:00,7.00,,0.00,")
    try await withLedger { ledger in
      _ = try await ledger.record(Scene.opening)
      #expect(try await ledger.take(morning) == ["2 0 imported"])
      #expect(try await ledger.take(afternoon) == ["2 0 imported"])
      #expect(try await ledger.take(morning) == ["2 2 known"])
      #expect(try await ledger.take(afternoon) == ["2 2 known"])
      #expect(try await ledger.booked() == ["7", "-7", "7", "-7"])
    }
  }

  @Test("Lines that are known, behind balances that they don't have, are refused")
  func contradicted() async throws {
    for (header, reason) in [
      ("摘要", "what lies between them is missing"),
      ("流水号", "they led from 0.00 to 1000.00, and here they lead from"),
    ] {
      try await withLedger { ledger in
        _ = try await ledger.record(Scene.opening)
        let list = Self.list("2026-01-06,,1000.00,1000.00,A1").replacing("摘要", with: header)
        #expect(try await ledger.take(list) == ["1 0 imported"])
        let told = try await ledger.take(list.replacing(",1000.00,A1", with: ",9001000.00,A1"))
        #expect(told.count == 1 && told[0].contains(reason), "\(told)")
      }
    }
  }

  @Test("Lines that the bank puts in another order the next time are known by their references")
  func turned() async throws {
    try await withLedger { ledger in
      _ = try await ledger.record(Scene.opening)
      _ = try await ledger.take(Self.numbered("2026-01-06,,5.00,5.00,A1", "2026-01-06,,7.00,12.00,A2"))
      #expect(
        try await ledger.take(
          Self.numbered("2026-01-06,,7.00,7.00,A2", "2026-01-06,,5.00,12.00,A1", "2026-01-06,,1.00,13.00,A3"))
          == ["3 2 imported"])
    }
  }

  @Test("A statement in another form is the same one, as a list known and as a message refused")
  func forms() async throws {
    let part = Self.numbered("2026-01-06 09:00,,5.00,5.00,A1", "2026-01-06 10:00,5.00,,0.00,A2")
    let message = Self.message("9", "260106C5,00NTRFX//B1", "260106D5,00NTRFX//B2", from: "0,00", to: "0,00")
    let turned = Self.message("9", "260106D5,00NTRFX//B2", "260106C5,00NTRFX//B1", from: "0,00", to: "0,00")
    for second in [message, turned] {
      try await withLedger { ledger in
        _ = try await ledger.record(Scene.opening)
        #expect(try await ledger.take(part) == ["2 0 imported"])
        let told = try await ledger.take(second)
        #expect(told.count == 1 && told[0].contains("begins with what was imported already"), "\(told)")
      }
    }
    try await withLedger { ledger in
      _ = try await ledger.record(Scene.opening)
      #expect(try await ledger.take(message) == ["2 0 imported"])
      #expect(try await ledger.take(part) == ["2 2 known"])
      #expect(try await ledger.take(part + "2026-01-06 11:00,,3.00,3.00,A3\n") == ["3 2 imported"])
      #expect(try await ledger.booked() == ["5", "-5", "3"])
    }
  }

  @Test("A statement that the bank gives again under another number is refused")
  func renamed() async throws {
    let lines = ["260106C5,00NTRFX//B1", "260106D5,00NTRFX//B2"]
    let message = Self.message("9", lines[0], lines[1], from: "0,00", to: "0,00")
    try await withLedger { ledger in
      _ = try await ledger.record(Scene.opening)
      #expect(try await ledger.take(message) == ["2 0 imported"])
      let told = try await ledger.take(message.replacing(":28C:9", with: ":28C:10"))
      #expect(told.count == 1 && told[0].contains("as statement 2026/9"), "\(told)")
    }
  }

  @Test("Statements of one day with bookings of their own are all taken, though they look alike")
  func alike() async throws {
    let numbers = ["9", "10", "11"]
    let messages = numbers.map {
      Self.message("\($0)", "260106C5,00NTRFX//C\($0)", "260106D5,00NTRFX//D\($0)", from: "0,00", to: "0,00")
    }
    let one = Self.message("12", "260106C5,00NTRFX", from: "0,00", to: "5,00")
    let two = Self.message("13", "260106C5,00NTRFX", from: "5,00", to: "10,00")
    try await withLedger { ledger in
      _ = try await ledger.record(Scene.opening)
      let all = messages + [one, two]
      for message in all {
        #expect(try await ledger.take(message).allSatisfy { $0.hasSuffix(" 0 imported") })
      }
      for message in all { #expect(try await ledger.take(message).allSatisfy { $0.hasSuffix(" known") }) }
    }
  }

  @Test("An account is the same one however a file spells it, and keeps the name that it was first given")
  func spellings() async throws {
    for (first, others) in [
      ("DE-12 3", ["de123", "ICBKCNBJ/DE123"]), ("icbkcnbjxxx/1002", ["10-02", "1002"]),
    ] {
      try await withLedger { ledger in
        _ = try await ledger.record(Scene.opening)
        #expect(
          try await ledger.take(Self.numbered("2026-01-06,,5.00,5.00,A1"), of: first) == ["1 0 imported"])
        for spelling in others {
          #expect(
            try await ledger.take(Self.numbered("2026-01-06,,5.00,5.00,A1"), of: spelling) == ["1 1 known"])
        }
        #expect(
          try await ledger.take(Self.numbered("2026-01-07,,5.00,10.00,A2"), of: others[0]) == ["1 0 imported"]
        )
        #expect(try await ledger.rows("table guarantee.bank_account").count == 1)
        #expect(
          try await ledger.take(Self.numbered("2026-01-06,,5.00,5.00,A1"), of: "10021") == ["1 0 imported"])
      }
    }
  }
}
