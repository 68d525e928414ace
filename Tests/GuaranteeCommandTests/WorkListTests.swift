import Foundation
import GuaranteeLedger
import TestSupport
import Testing

@testable import GuaranteeCommand

@Suite("What waits, and what may come next")
struct WorkListTests {
  /// The dispute is decided: the cover is to be called, the award to be paid, and a lot is out.
  private static let dispute = "QD-2025-0101"

  @Test("The work list says what is overdue, runs out and waits, and its commands are commands")
  func todo() async throws {
    try await withLedger(StartingLedger.decided) { program in
      let text = try program.output("todo", "--within", "100", "--as-of", "2025-11-03", "-O", "csv")
      let lines = text.split(separator: "\n").map(String.init)
      #expect(
        lines.first
          == "urgency,due_on,working_days_left,office,dispute,what,guarantor,currency,amount,since,events,key,command"
      )
      let order = ["overdue", "urgent", "soon", "waiting"]
      let urgencies = lines.dropFirst().compactMap { line in order.firstIndex { line.hasPrefix($0) } }
      #expect(urgencies == urgencies.sorted() && urgencies.count == lines.count - 1)
      #expect(
        lines.contains(
          "waiting,,,QINGDAO,QD-2025-0101,payable_right_holder,,CNY,800000.00,2025-11-03,pay_right_holder,,guarantee dispute pay-right-holder --dispute QD-2025-0101 --amount AMOUNT"
        ))
      for line in lines.dropFirst() {
        let command = try #require(line.split(separator: ",").last)
        let words = command.split(separator: " ").map(String.init)
        #expect(
          words.first == "guarantee"
            && NamedCommand(in: Array(words.dropFirst()), below: Guarantee.self).isWhole)
      }
    }
  }

  @Test("What is urgent depends on the working days that are left, and goes once it is done")
  func urgency() async throws {
    try await withLedger(StartingLedger.examples) { program in
      func review(_ day: String) throws -> Substring? {
        try program.output("todo", "--as-of", day, "-O", "csv").split(separator: "\n")
          .first { $0.contains("review_by") }?.prefix { $0 != "," }
      }
      let urgencies = try ["2025-02-07", "2025-02-10", "2025-02-11"].map { try review($0) }
      #expect(urgencies == ["soon", "urgent", nil])
    }
  }

  @Test("Only an office's work, and nothing when nothing waits")
  func office() async throws {
    try await withLedger(StartingLedger.decided) { program in
      let all = try program.output("todo", "-O", "csv")
      #expect(try program.output("todo", "--office", "QINGDAO", "-O", "csv") == all)
      _ = try program.output("office", "register", "--office", "HARBIN", "--zone", "FTZ")
      #expect(
        try program.output("todo", "--office", "HARBIN", "-O", "csv").split(separator: "\n").count == 1)
    }
    try await withLedger { program in
      let run = try program.run(["todo", "--within", "0", "-O", "table"])
      #expect(run.exitCode == 0 && run.errors.hasSuffix("guarantee: Nothing waits.\n"))
      #expect(run.errors.contains("'guarantee office register' begins it"), "\(run.errors)")
    }
  }

  @Test("Next steps are those that the ledger would take, and the others say what they lack")
  func next() async throws {
    try await withLedger(StartingLedger.decided) { program in
      let text = try program.output("dispute", "next", Self.dispute, "-O", "csv")
      let lines = text.split(separator: "\n")
      func line(_ event: String) -> Substring? { lines.first { $0.hasPrefix(event + ",") } }
      #expect(line("pay_right_holder") == "pay_right_holder,,,,CNY,800000.00,,")
      #expect(line("close_dispute")?.contains(",lot_open,") == true)
      #expect(line("discharge_lot")?.hasPrefix("discharge_lot,A,,,CNY,,award_unmet,") == true)
      // What it calls possible is; what it says is lacking, is what recording says.
      let pay = try program.run([
        "dispute", "pay-right-holder", "--dispute", Self.dispute, "--amount", "800000.00",
      ])
      #expect(pay.exitCode == 0)
      let close = try program.run(["dispute", "close", "--dispute", Self.dispute, "-O", "csv"])
      #expect(close.exitCode == 1 && close.output.contains(",lot_open,"))
      let after = try program.output("dispute", "next", Self.dispute, "-O", "csv")
      #expect(!after.contains("pay_right_holder"))
      let run = try program.run(["dispute", "next", "NOWHERE"])
      #expect(run.exitCode == 1 && run.errors.hasPrefix("guarantee: There is no dispute 'NOWHERE'"))
    }
  }

  @Test("A dispute and a guarantor are shown on one screen")
  func shown() async throws {
    try await withLedger(StartingLedger.decided) { program in
      let show = ["dispute", "show", Self.dispute, "-O", "table"]
      let then = try program.run(show + ["--as-of", "2025-11-03"])
      try Golden.expect(then.output, is: "dispute-show.txt")
      // What may come next is of today.
      let now = try program.run(show).output
      #expect(now.contains("\nNext steps:\nevent ") && now.contains("\npay_right_holder "))
      try Golden.expect(
        try program.output("guarantor", "show", "JIAOZHOU-INSURANCE", "--as-of", "2025-11-03", "-O", "table"),
        is: "guarantor-show.txt")
      let json = try program.output("guarantor", "show", "JIAOZHOU-INSURANCE", "-O", "json")
      let parts = try #require(
        try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: [[String: Any]]])
      #expect(
        parts.keys.sorted() == ["ageing", "balances", "commitments", "disputes", "exposure", "recourse"])
      let listed = try program.output("guarantor", "list")
      #expect(listed == (try program.output("report", "exposure")))
      let run = try program.run(["guarantor", "show", "NOBODY"])
      #expect(run.exitCode == 1 && run.errors.contains("'NOBODY'"))
    }
  }

  @Test("A part of a name, a reference or a key finds its events, those that brought it in first")
  func found() async throws {
    try await withLedger(StartingLedger.examples) { program in
      let name = try program.output("find", "laoshan", "-O", "csv").split(separator: "\n")
      #expect(name.count == 2 && name[1].contains(",register_party,E-004,,,party,LAOSHAN-COOLING,"))
      let dispute = try program.output("find", "qd-2025-0102", "-O", "csv").split(separator: "\n")
      #expect(dispute.count == 2 && dispute[1].contains(",open_dispute,"))
      let keys = try program.output("find", "E-01", "-O", "csv", "--limit", "3").split(separator: "\n")
      #expect(keys.count == 4 && keys.dropFirst().allSatisfy { $0.contains(",key,E-01") })
      for text in ["no such text", "%", "\"", "\\"] {
        let run = try program.run(["find", text])
        #expect(run.exitCode == 1 && run.errors == "guarantee: '\(text)' stands in no event.\n")
      }
      _ = try program.output("office", "register", "--office", "HARBIN", "--zone", "FTZ")
      let none = try program.run(["find", "E-01", "--office", "HARBIN"])
      #expect(none.exitCode == 1 && none.errors.contains(" of HARBIN"))
    }
  }

  @Test("What is due is a calendar that mail programs read")
  func calendar() async throws {
    try await withLedger(StartingLedger.decided) { program in
      let folder = try TemporaryFolder()
      let file = folder.file("due.ics")
      let due = ["due", "--as-of", "2025-02-08", "--within", "60"]
      let run = try program.run(due + ["--ics", file])
      #expect(run.exitCode == 0 && run.output.isEmpty && folder.contents == ["due.ics"])
      let text = try folder.read("due.ics")
      let lines = text.components(separatedBy: "\r\n")
      #expect(lines.first == "BEGIN:VCALENDAR" && lines.suffix(2) == ["END:VCALENDAR", ""])
      #expect(lines.allSatisfy { $0.utf8.count <= 75 && !$0.contains("\n") })
      let days = try program.run(due + ["-O", "csv"]).output.split(separator: "\n").dropFirst().filter {
        !$0.hasPrefix(",")
      }
      #expect(lines.count { $0 == "BEGIN:VEVENT" } == days.count && days.count > 0)
      #expect(lines.contains("SUMMARY:review_by QD-2025-0101"))
      #expect(lines.contains("DTSTART;VALUE=DATE:20250213"))
      #expect(lines.contains("UID:review_by/QD-2025-0101@QINGDAO"))
      let nowhere = try program.run(due + ["--ics", folder.path])
      #expect(nowhere.exitCode == 74 && nowhere.errors.contains("could not be written"))
    }
  }

  @Test("A long line of a calendar is folded between characters")
  func folding() throws {
    let text = try captured { sink in
      let today = try #require(LedgerDay.today)
      let calendar = try DueCalendar(today: today, columns: LedgerDay.columns, to: sink)
      try calendar.add(["2026-01-31", String(repeating: "案", count: 40) + ";,\\", "running", "O"])
      try calendar.finish()
    }
    let lines = text.components(separatedBy: "\r\n")
    #expect(lines.allSatisfy { $0.utf8.count <= 75 })
    let unfolded = text.replacingOccurrences(of: "\r\n ", with: "")
    #expect(unfolded.contains("SUMMARY:" + String(repeating: "案", count: 40) + "\\;\\,\\\\\r\n"))
  }
}

private enum LedgerDay {
  static let today = LedgerDate("2026-01-05")
  static let columns = ["due_on", "what", "state", "office"].map { OutputColumn($0) }
}
