import Foundation
import TestSupport
import Testing

/// The month that the example statements tell, recorded and imported.
private enum Month {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("BankStatements").path

  static func file(_ name: String) -> String { folder + "/" + name }

  static let january = ["january.camt.xml", "january-2.camt.xml"].map(file)

  static let recorded = DatabaseTemplate(name: "program_bank_recorded") { url in
    let program = BuiltProgram(environment: ["GUARANTEE_DATABASE_URL": url])
    for arguments in [["migrate"], ["record", file("events.csv")]] { try mustRun(program, arguments) }
  }

  static let imported = DatabaseTemplate(name: "program_bank_imported") { url in
    let program = BuiltProgram(environment: ["GUARANTEE_DATABASE_URL": url])
    for arguments in [
      ["migrate"], ["record", file("events.csv")], ["bank", "import", "--office", "QINGDAO"] + january,
      ["bank", "import", file("february.mt940"), file("february-list.gb18030.csv"), file("april.utf8.csv")],
      [
        "bank", "import", "--office", "QINGDAO", "--account", "777", "--currency", "USD", "--layout",
        file("signed.json"), file("signed.csv"),
      ],
    ] { try mustRun(program, arguments) }
  }

  private static func mustRun(_ program: BuiltProgram, _ arguments: [String]) throws {
    let run = try program.run(arguments)
    struct Failed: Error { let errors: String }
    guard run.exitCode == 0 else { throw Failed(errors: run.errors) }
  }
}

@Suite("The bank's side")
struct BankTests {
  @Test("A month is imported, matched and reconciled to the cent")
  func month() async throws {
    try await withLedger(Month.imported) { program in
      try Golden.expect(program.output("bank", "match", "-O", "csv"), is: "bank-match.csv")
      let report = try program.output("report", "reconciliation", "-O", "csv")
      try Golden.expect(report, is: "report-reconciliation.csv")
      try Golden.expect(
        program.output("report", "reconciliation", "--currency", "CNY", "-O", "table"),
        is: "report-reconciliation.txt")
      try Golden.expect(
        program.output("report", "reconciliation", "--as-of", "2026-01-12", "-O", "csv"),
        is: "report-reconciliation-as-of.csv")
      try Golden.expect(program.output("bank", "propose", "-"), is: "bank-propose.csv")
      #expect(!report.contains("unexplained"))
      // What was matched stays so, and what is proposed is said again.
      let again = try program.output("bank", "match", "-O", "csv")
      #expect(again == (try program.output("bank", "list", "--state", "proposed", "-O", "csv")))
    }
  }

  @Test("Every day's reconciliation ends with what the bank has, with nothing left to explain")
  func everyDay() async throws {
    try await withLedger(Month.imported) { program in
      _ = try program.output("bank", "match", "-O", "csv")
      for day in [
        "05", "06", "07", "08", "09", "12", "13", "14", "15", "16", "19", "20", "22", "26", "28", "31",
      ] {
        let csv = try program.output("report", "reconciliation", "--as-of", "2026-01-\(day)", "-O", "csv")
        let rows = csv.split(separator: "\n").dropFirst()
        #expect(!csv.contains("unexplained") && rows.count >= 2, "\(day)")
        let lasts = rows.suffix(2).map { $0.split(separator: ",", omittingEmptySubsequences: false)[7] }
        #expect(lasts.first == lasts.last, "\(day)")
      }
    }
  }

  @Test("The same statement twice changes nothing")
  func again() async throws {
    try await withLedger(Month.recorded) { program in
      let arguments = ["bank", "import", "--office", "QINGDAO", "-O", "csv"] + Month.january
      let dry = try program.run(arguments + ["--dry-run"])
      let first = try program.run(arguments)
      #expect(dry.output == first.output && first.output.hasSuffix(",14,0,imported\n"))
      let second = try program.run(Array(arguments.dropFirst(0)))
      #expect(second.output.hasSuffix(",14,14,known\n"))
      // Once an account is known, nobody has to say whose it is; and nobody else can.
      #expect(try program.run(["bank", "import"] + Month.january).exitCode == 0)
      let other = try program.run(["bank", "import", "--office", "HARBIN"] + Month.january)
      #expect(other.exitCode == 65 && other.errors.contains("is of office QINGDAO and not of HARBIN"))
    }
  }

  @Test("A gap between statements, a balance that does not add up and another currency import nothing")
  func refusals() async throws {
    try await withLedger(Month.recorded) { program in
      let folder = try TemporaryFolder()
      let unnamed = try program.run(["bank", "import"] + Month.january)
      #expect(unnamed.exitCode == 65 && unnamed.errors.contains("Name the office with --office"))
      let page = try String(contentsOfFile: Month.january[1], encoding: .utf8)
      let wrong = try folder.write(
        page.replacingOccurrences(of: "2237068.50", with: "2237068.51"), to: "wrong.xml")
      let sum = try program.run(["bank", "import", "--office", "QINGDAO", Month.january[0], wrong])
      #expect(
        sum.exitCode == 65 && sum.errors.contains("does not add up") && sum.errors.contains("2237068.51")
          && sum.errors.contains("wrong.xml, line 12, Stmt/Bal (CLBD): "))
      _ = try program.run(["bank", "import", "--office", "QINGDAO"] + Month.january)
      let gap = try program.run(["bank", "import", Month.file("february-list.gb18030.csv")])
      #expect(gap.exitCode == 65 && gap.errors.contains("what lies between them is missing"), "\(gap.errors)")
      let chinese = try program.run([
        "--lang", "zh", "bank", "import", Month.file("february-list.gb18030.csv"),
      ])
      #expect(
        chinese.errors.contains(" 第 10 行，余额 列：账户 ") && chinese.errors.contains("两者之间有缺失"), "\(chinese.errors)"
      )
      let currency = try program.run(["bank", "import", "--currency", "USD", Month.file("february.mt940")])
      #expect(currency.exitCode == 65 && currency.errors.contains("in CNY and not in USD"))
      let changed = try String(contentsOfFile: Month.file("february.mt940"), encoding: .utf8)
      _ = try program.output("bank", "import", Month.file("february.mt940"))
      let file = try folder.write(
        changed.replacingOccurrences(of: "C75000,00", with: "C74000,00")
          .replacingOccurrences(of: "2387", with: "2385"), to: "changed.mt940")
      let conflict = try program.run(["bank", "import", file])
      #expect(conflict.exitCode == 65 && conflict.errors.contains("was imported before with"))
      let list = try program.output("report", "reconciliation", "-O", "csv")
      #expect(list.contains("bank_balance,,2026-01-31,,2387068.50"))
    }
  }

  @Test("A person confirms, takes apart and puts together")
  func people() async throws {
    try await withLedger(Month.imported) { program in
      _ = try program.output("bank", "match")
      let proposed = try program.output("bank", "list", "--state", "proposed", "-O", "csv")
      let payer = try #require(proposed.split(separator: "\n").first { $0.contains("wrong payer") })
      let number = String(payer.prefix { $0 != "," })
      #expect(try program.output("bank", "confirm", number) == "match \(number): confirmed\n")
      #expect(!(try program.output("report", "reconciliation", "-O", "csv")).contains("wrong_payer"))
      #expect(try program.output("bank", "unmatch", number) == "match \(number): unmatched\n")
      _ = try program.output("bank", "match")
      let after = try program.output("bank", "list", "-O", "csv")
      #expect(!after.contains(",S-10,"))
      let line = payer.split(separator: ",", omittingEmptySubsequences: false)[5]
      let pair = try program.run(["bank", "confirm", "--line", String(line), "--key", "S-10"])
      #expect(pair.exitCode == 0 && pair.output.hasSuffix(": confirmed\n"), "\(pair.errors)")
      let twice = try program.run(["bank", "confirm", "--line", String(line), "--key", "S-10"])
      #expect(twice.exitCode == 1 && twice.errors.contains("is matched already"))
      #expect(try program.run(["bank", "unmatch", "999"]).errors.contains("There is no match 999"))
      #expect(try program.run(["bank", "confirm", number]).exitCode == 1)
    }
  }

  @Test("What was reconciled is reconciled again for that time, whatever was matched and taken apart since")
  func knownAt() async throws {
    try await withLedger(Month.imported) { program in
      var printed: [(time: String, report: String, list: String)] = []
      func keep() throws {
        let report = try program.output("report", "reconciliation", "-O", "csv")
        let list = try program.output("bank", "list", "-O", "csv")
        printed.append((PastReportTests.now(), report, list))
      }
      try keep()
      _ = try program.output("bank", "match")
      try keep()
      for step in [
        ["unmatch", "1"], ["confirm", "5"], ["confirm", "--line", "2", "--key", "S-20"], ["unmatch", "5"],
      ] {
        let run = try program.run(["bank"] + step)
        #expect(run.exitCode == (step.contains("S-20") ? 1 : 0), "\(run.errors)")
        try keep()
      }
      let folder = try TemporaryFolder()
      _ = try program.output("bank", "propose", folder.file("missing.csv"))
      _ = try program.output("record", folder.file("missing.csv"))
      _ = try program.output("bank", "match")
      try keep()
      for (time, report, list) in printed {
        #expect(try program.output("report", "reconciliation", "-O", "csv", "--known-at", time) == report)
        #expect(try program.output("bank", "list", "-O", "csv", "--known-at", time) == list)
      }
      #expect(Set(printed.map(\.report)).count == 6)
      // As of a day and as known then.
      let day = ["report", "reconciliation", "--as-of", "2026-01-12", "-O", "csv"]
      #expect(try program.run(day).output != (try program.run(day + ["--known-at", printed[0].time]).output))
    }
  }

  @Test("What is proposed has the key of its line, is found again by it, and is not proposed twice")
  func proposedOnce() async throws {
    try await withLedger(Month.imported) { program in
      _ = try program.output("bank", "match")
      let folder = try TemporaryFolder()
      let first = folder.file("1.csv")
      #expect(
        try program.output("bank", "propose", "--currency", "CNY", first)
          == "6 events to look at and record.\n")
      #expect(
        try program.output("bank", "propose", "--currency", "EUR", folder.file("2.csv")).contains(
          "Nothing is missing"))
      #expect(!FileManager.default.fileExists(atPath: folder.file("2.csv")))
      _ = try program.output("record", first)
      let matched = try program.output("bank", "match", "-O", "csv")
      #expect(matched.contains(",reference,12,bank-line-12,35000.00,0.00,"), "\(matched)")
      #expect(
        try program.output("bank", "propose", "--currency", "CNY", "-").split(separator: "\n").count == 1)
      let missing = try program.run(["bank", "propose", folder.file("none/3.csv")])
      #expect(missing.exitCode == 74 && missing.errors.contains("could not be written"), "\(missing.errors)")
    }
  }

  @Test("Confirming and taking apart what is not there, is of several accounts or one-sided is refused")
  func wrongHands() async throws {
    try await withLedger(Month.imported) { program in
      _ = try program.output("bank", "match")
      for (arguments, code, message) in [
        (["confirm", "999"], 1, "There is no match 999."), (["confirm"], 64, "Give the numbers of matches"),
        (["confirm", "5", "--line", "2"], 64, "Give the numbers of matches"),
        (["confirm", "--line", "2"], 64, "A match has two sides"),
        (["confirm", "--line", "99", "--key", "S-20"], 1, "There is no line 99."),
        (
          ["confirm", "--line", "12", "--key", "S-1"], 1,
          "There is no event S-1 with an entry on a custody account."
        ),
        (["confirm", "--line", "26", "--key", "S-20"], 1, "These are of several offices or currencies."),
        (["confirm", "--line", "1", "--key", "S-20"], 1, "Line 1 is matched already: unmatch it first."),
        (["unmatch", "999"], 1, "There is no match 999."), (["unmatch"], 64, "Needed: <match>"),
      ] as [([String], Int32, String)] {
        let run = try program.run(["bank"] + arguments)
        #expect(run.exitCode == code && run.errors.contains(message), "\(arguments): \(run.errors)")
      }
      #expect(
        try program.run(["bank", "confirm", "--line", "14", "--line", "14", "--key", "S-20"]).exitCode == 0)
      #expect(try program.output("check", "-O", "table") == "Everything fits.\n")
    }
  }

  @Test("What is missing is written as events, which can be recorded and then match")
  func propose() async throws {
    try await withLedger(Month.imported) { program in
      _ = try program.output("bank", "match")
      let folder = try TemporaryFolder()
      let file = folder.file("missing.csv")
      #expect(try program.output("bank", "propose", file).contains("events to look at and record"))
      #expect(try program.run(["bank", "propose", file]).exitCode == 74)
      let recorded = try program.run(["record", file, "-O", "csv"])
      #expect(recorded.exitCode == 0, "\(recorded.output)\(recorded.errors)")
      _ = try program.output("bank", "match")
      let report = try program.output("report", "reconciliation", "-O", "csv")
      #expect(!report.contains("unidentified") && !report.contains("unexplained"))
      #expect(try program.output("check", "-O", "table") == "Everything fits.\n")
    }
  }

  @Test("Nothing is matched across disputes by itself")
  func disputes() async throws {
    try await withLedger(Month.imported) { program in
      let folder = try TemporaryFolder()
      let events = try folder.write(
        """
        key,on,event,dispute,amount,reference
        X-1,2026-01-12,lodge_security,QD-2026-0101,500.00,BOTH-2026
        X-2,2026-01-12,lodge_security,QD-2026-0102,500.00,BOTH-2026

        """, to: "events.csv")
      _ = try program.output("record", events)
      let table = try folder.write(
        """
        账号:,3803021019200112345,币种:人民币
        交易日期,借方发生额,贷方发生额,余额,流水号,摘要
        2026-03-03,,"1,000.00","2,387,052.00",A1,BOTH-2026
        2026-03-03,,500.00,"2,387,552.00",A2,BOTH-2026

        """, to: "march.csv")
      let imported = try program.run(["bank", "import", table])
      #expect(imported.exitCode == 0, "\(imported.errors)")
      let matches = try program.output("bank", "match", "--days", "60", "-O", "csv").split(separator: "\n")
        .filter { $0.contains("X-1") || $0.contains("X-2") }
      #expect(!matches.isEmpty && matches.allSatisfy { $0.contains(",proposed,") }, "\(matches)")
    }
  }
}
