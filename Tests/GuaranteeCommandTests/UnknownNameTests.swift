import GuaranteeLedger
import TestSupport
import Testing

@Suite("Names that name nothing")
struct UnknownNameTests {
  private static let lists = [
    "todo --office QINDAO",
    "todo --office qingdao",
    "due --office QINDAO",
    "lapse --all --office QINDAO",
    "find E-0 --office QINDAO",
    "pending --office QINDAO",
    "user list --office QINDAO",
    "bank match --office QINDAO",
    "bank list --currency CNX",
    "bank propose --office QINDAO -",
    "dispute list --stage decidd",
    "dispute list --guarantor LUSHAN-GUARANTEE",
    "dispute list --as-of 2025-03-01 --currency CNX",
    "dispute history QD-2025-0101 --guarantor LUSHANG",
    "guarantor list --guarantor JIAOZHOU",
    "report lots --dispute QD-2025-101",
    "report statement --dispute QD-2025-101 --from 2025-01-01",
    "report statement --account QINGDAO:bnk:CNY",
    "report commitments --guarantor NOBODY-LIKE-IT",
    "report html page.html --office QINDAO",
  ]

  @Test(
    "A list that is narrowed to a name of nothing is wrong usage, and says what was probably meant",
    arguments: ["en", "zh-Hans"])
  func lists(_ language: String) async throws {
    try await withLedger(StartingLedger.decided) { program in
      try program.expectMisuse(Self.lists, in: language, is: "list-names.txt")
    }
  }

  @Test("Every report of offices says so, in every format")
  func everyReport() async throws {
    try await withLedger(StartingLedger.decided) { program in
      for (report, format) in zip(Report.allCases, (0...).lazy.map { ["csv", "json", "table"][$0 % 3] })
      where report.filters.contains(.office) && report != .pending {
        let run = try program.run(["report", report.rawValue, "--office", "QINDAO", "-O", format])
        #expect(run.exitCode == 64 && run.output.isEmpty, "\(report): \(run.output)")
        #expect(run.errors.hasSuffix("Did you mean 'QINGDAO'?\n"), "\(report): \(run.errors)")
      }
    }
  }

  @Test("What is there and has no rows leaves an empty list")
  func empty() async throws {
    try await withLedger(StartingLedger.decided) { program in
      _ = try program.output("office", "register", "--office", "HARBIN", "--zone", "FTZ")
      _ = try program.output("party", "register", "--party", "BANK-B", "--kind", "guarantor")
      for list in [
        "todo --office HARBIN", "report balances --office HARBIN", "report exposure --guarantor BANK-B",
        "report ageing --currency USD", "dispute list --stage closed",
        "report statement --account HARBIN:bank:USD", "report statement --guarantor BANK-B",
        "report statement --account QINGDAO:call_receivable:QD-2025-0101:BANK-B:CNY",
        "dispute list --office HARBIN --as-of 2025-01-07",
      ] {
        let run = try program.run(list.split(separator: " ").map(String.init))
        #expect(run.exitCode == 0 && run.output.split(separator: "\n").count == 1, "\(list): \(run)")
      }
    }
  }

  private static let refused =
    "key,on,event,dispute,lot,reference\n"
    + "R-1,2025-11-04,discharge_lot,QD-2025-101,A,\nR-2,2025-11-04,discharge_lot,QD-2025-0101,a,\n"

  @Test("What a refused event probably meant is said to people, and to programs nothing but what was")
  func refusals() async throws {
    try await withLedger(StartingLedger.decided) { program in
      let meant = "Did you mean 'QD-2025-0101'"
      let one = ["goods", "discharge", "--key", "R-1", "--dispute", "QD-2025-101", "--lot", "A"]
      let rows = try program.run(one + ["-O", "csv"])
      #expect(rows.exitCode == 1 && rows.errors.contains(meant), "\(rows.errors)")
      #expect(rows.output.contains("R-1,unknown_dispute,") && !rows.output.contains(meant))
      let preview = try program.run(one + ["--preview"])
      #expect(preview.exitCode == 1 && preview.errors.contains(meant) && preview.output.isEmpty)
      let chinese = try program.run(one + ["--lang", "zh-Hans", "-O", "table"])
      #expect(chinese.errors.contains("请检查编号，或先立案。是否想用“QD-2025-0101”"), "\(chinese.errors)")
      for mode in ["--atomic", "--each"] {
        let csv = try program.run(["record", mode, "-", "-O", "csv"], input: Self.refused)
        #expect(csv.exitCode == 1 && !csv.output.contains("Did you") && !csv.errors.contains("Did you"))
        let table = try program.run(["record", mode, "-", "-O", "table"], input: Self.refused).output
        #expect(table.contains(meant) && table.contains("Did you mean 'A'?"), "\(table)")
      }
      let previews = try program.run(["record", "--preview", "-"], input: Self.refused).errors
      #expect(previews.contains(meant) && previews.contains("Did you mean 'A'?"), "\(previews)")
      let party = try program.run(
        "funds receive --office QINGDAO --guarantor LUSHAN-GUARANTEE --amount 1 --currency CNY --reference r"
          .split(separator: " ").map(String.init))
      #expect(party.errors.hasSuffix(" Did you mean 'LUSHANG-GUARANTEE'?\n"), "\(party.errors)")
    }
  }

  @Test("Of many refused rows the first few names are looked for, each once")
  func many() async throws {
    try await withLedger(StartingLedger.decided) { program in
      let rows = (100..<140).map { "R-\($0),2025-11-04,discharge_lot,QD-2025-\($0),A\n" }
      let table = try program.run(
        ["record", "--each", "-", "-O", "table"], input: "key,on,event,dispute,lot\n" + rows.joined()
      ).output
      #expect(table.split(separator: "Did you mean").count == 11, "\(table)")
    }
  }
}
