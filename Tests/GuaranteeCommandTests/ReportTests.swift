import Foundation
import TestSupport
import Testing

@Suite("Reports as the program prints them")
struct ReportTests {
  /// The columns that other programs rely on.
  private static let columns = [
    "balances": "account,office,role,dispute,guarantor,currency,balance",
    "trial-balance": "office,role,currency,debit,credit",
    "statement": "on,key,event,account,reference,debit,credit,balance",
    "exposure": "office,guarantor,currency,facility,held,frozen,undertaken,called,exposure,available,funds",
    "disputes": "dispute,office,stage,outcome,currency,goods_value,conditionally_released,cover,award,drawn",
    "lots": "dispute,lot,state,currency,value",
    "deadlines": "dispute,deadline,starts_on,due_on,state,working_days_left",
    "ageing": "office,guarantor,currency,days_0_30,days_31_90,days_91_180,days_181_365,over_365",
    "journal":
      "on,office,sequence,line,key,event,account,debit,credit,reference,recorded_at,recorded_by,approved_by",
    "late-entries": "on,recorded_at,days_late,office,sequence,key,event,account,debit,credit,recorded_by",
    "movements": "office,role,currency,opening,in,out,closing",
    "flows": "office,currency,debit_role,credit_role,amount,events",
    "commitments":
      "office,dispute,guarantor,currency,stage,held,frozen,undertaken,expires_on,drawn,called,recourse",
    "cover": "office,currency,month_end,goods_out,cash,undertakings",
    "segregation": "office,currency,line,role,dispute,guarantor,depositor,amount",
    "unclaimed": "office,role,dispute,currency,days_0_30,days_31_90,days_91_180,days_181_365,over_365",
    "recourse": "office,guarantor,dispute,currency,days_0_30,days_31_90,days_91_180,days_181_365,over_365",
    "closing": "office,through,account,opening,debit,credit,closing",
    "closings": "office,through,sequence,key,closed_at,closed_by,accounts,disputes,lots",
  ]

  private static let reports = [
    ["balances"], ["trial-balance"], ["statement", "--dispute", "QD-2025-0101"], ["exposure"], ["disputes"],
    ["lots"],
    ["ageing"], ["movements", "--from", "2025-05-01", "--to", "2025-06-30"],
    ["flows", "--from", "2025-05-01", "--to", "2025-06-30"], ["cover"], ["commitments"],
    ["segregation", "--as-of", "2025-06-30"], ["unclaimed", "--as-of", "2025-11-15"],
    ["recourse", "--as-of", "2025-11-30"], ["closing", "--through", "2025-01-31"],
  ]

  @Test(
    "Each report begins with the columns of the contract, in every format", arguments: columns.keys.sorted())
  func contract(_ report: String) async throws {
    let wanted = try #require(Self.columns[report])
    let filter = report == "statement" ? ["--guarantor", "LUSHANG-GUARANTEE"] : []
    try await withLedger(StartingLedger.examples) { program in
      let csv = try program.run(["report", report, "-O", "csv"] + filter)
      #expect(csv.exitCode == 0 && csv.errors.isEmpty)
      #expect(csv.output.hasPrefix(wanted))
      let json = try program.run(["report", report, "-O", "json"] + filter)
      let rows = try #require(
        try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
      #expect(rows.count == csv.output.split(separator: "\n").count - 1)
      let table = try program.run(["report", report, "-O", "table"] + filter)
      #expect(table.output.split(separator: "\n").count == rows.count + 2)
    }
  }

  @Test("The examples' story gives these reports, byte for byte", arguments: reports)
  func goldens(_ report: [String]) async throws {
    try await withLedger(StartingLedger.examples) { program in
      let csv = try program.run(["report"] + report + ["-O", "csv"])
      try Golden.expect(csv.output, is: "report-\(report[0]).csv")
      let table = try program.run(["report"] + report + ["-O", "table"])
      try Golden.expect(table.output, is: "report-\(report[0]).txt")
    }
  }

  @Test("Filters narrow a report, and where nothing fits the header is left")
  func filters() async throws {
    try await withLedger(StartingLedger.examples) { program in
      let one = try program.output("report", "lots", "--dispute", "QD-2025-0101")
      #expect(one.split(separator: "\n").count == 2 && one.contains("QD-2025-0101,A,"))
      let none = try program.output("report", "lots", "--dispute", "QD-2025-0101", "--currency", "USD")
      #expect(none.split(separator: "\n").count == 1)
      let json = try program.output("report", "lots", "--currency", "USD", "-O", "json")
      #expect(json == "[]\n")
    }
  }

  @Test("In JSON whole numbers are numbers, and amounts are text that nobody rounds")
  func numbers() async throws {
    try await withLedger(StartingLedger.examples) { program in
      let history = try program.output("dispute", "history", "QD-2025-0102", "-O", "json")
      #expect(history.contains(#/"sequence":\d+[,}]/#))
      #expect(try program.output("report", "lots", "-O", "json").contains(#/"value":"\d+\.\d\d"/#))
    }
  }

  @Test("For spreadsheets a report has a byte order mark")
  func excel() async throws {
    try await withLedger(StartingLedger.examples) { program in
      let excel = try program.output("report", "balances", "--excel")
      #expect(excel == "\u{FEFF}" + (try program.output("report", "balances", "-O", "csv")))
    }
  }

  @Test("A dispute can be shown, listed and told")
  func dispute() async throws {
    try await withLedger(StartingLedger.examples) { program in
      #expect(try program.output("dispute", "list") == (try program.output("report", "disputes")))
      let shown = try program.output("dispute", "show", "QD-2025-0102", "-O", "json")
      let parts = try #require(
        try JSONSerialization.jsonObject(with: Data(shown.utf8)) as? [String: [[String: Any]]])
      #expect(
        parts["disputes"]?.count == 1 && parts["lots"]?.count == 1 && parts["deadlines"]?.isEmpty == false)
      #expect(try program.output("dispute", "show", "QD-2025-0102", "-O", "table").contains("QD-2025-0102"))
      let history = try program.output("dispute", "history", "QD-2025-0102")
      #expect(history.contains("open_dispute") && history.contains("escheat"))
      for reader in ["show", "history"] {
        let run = try program.run(["dispute", reader, "NOWHERE"])
        #expect(
          run.exitCode == 1 && run.output.isEmpty
            && run.errors.hasPrefix("guarantee: There is no dispute 'NOWHERE'"))
      }
    }
  }

  @Test("The ledger of the examples fits, has nothing to lapse, and what is due is told")
  func care() async throws {
    try await withLedger(StartingLedger.examples) { program in
      #expect(try program.output("check", "-O", "table") == "Everything fits.\n")
      #expect(try program.output("check", "-O", "csv").split(separator: "\n").count == 1)
      #expect(try program.output("due", "-O", "csv").contains(","))
      let lapsed = try program.output("lapse", "--all", "-O", "csv")
      #expect(lapsed.hasPrefix("key,result,message\n"))
      // What lapsed is recorded once: there is nothing left.
      #expect(try program.output("lapse", "--all", "-O", "csv") == "key,result,message\n")
    }
  }

  @Test("A reader that goes away ends a report quietly")
  func closedOutput() async throws {
    try await withLedger { program in
      let folder = try TemporaryFolder()
      let file = try folder.write(offices((1...100).map { ("K-\($0)", "OFFICE-\($0)") }), to: "events.csv")
      _ = try program.output("record", file)
      let line = "'\(BuiltProgram.path)' report trial-balance 2>&1 | head -0; echo ${PIPESTATUS[0]}"
      #expect(try program.shell(line) == "0\n")
    }
  }
}
