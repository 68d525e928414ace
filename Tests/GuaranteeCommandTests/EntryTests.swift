import Foundation
import TestSupport
import Testing

@testable import GuaranteeCommand

@Suite("Events written on a terminal")
struct EntryTests {
  private struct Screen {
    let text: String
    let exitCode: Int32
  }

  /// Runs the program's arguments on a terminal on which the lines are typed.
  private func typed(_ lines: [String], _ program: BuiltProgram, _ arguments: String) throws -> Screen {
    let command = "NO_COLOR=1 '\(BuiltProgram.path)' \(arguments)"
    let run = try BuiltProgram(path: "/bin/bash", environment: program.environment).run(
      ["-c", "script -qec \"\(command)\" /dev/null"], input: lines.map { $0 + "\n" }.joined())
    return Screen(text: run.output.replacingOccurrences(of: "\r\n", with: "\n"), exitCode: run.exitCode)
  }

  @Test(
    "What a command leaves out is asked for, with what there is to choose, and shown before it is recorded")
  func asked() async throws {
    try await withLedger(StartingLedger.decided) { program in
      let lines = ["", "1", "", "ref 9", "", "y"]
      let screen = try typed(lines, program, "counter-guarantee call")
      #expect(screen.exitCode == 0)
      for text in [
        "dispute [QD-2025-0101]:", "1) JIAOZHOU-INSURANCE", "award 1000000.00, drawn 800000.00",
        "at most 400000.00", "amount [200000.00]:",
        "QINGDAO:call_receivable:QD-2025-0101:JIAOZHOU-INSURANCE:CNY",
        "Record it? [y: yes, n: no, c: change]",
        "Recorded call_undertaking on ",
      ] { #expect(screen.text.contains(text), "\(text)") }
      let history = try program.output("dispute", "history", "QD-2025-0101")
      #expect(
        history.split(separator: "\n").last?.contains(",JIAOZHOU-INSURANCE,CNY,200000.00,ref 9,") == true)
    }
  }

  @Test("What was written last is proposed, and Enter takes it")
  func proposed() async throws {
    try await withLedger(StartingLedger.decided) { program in
      let screen = try typed(["", "", "10.00", "", "slip 9", "", "y"], program, "funds receive")
      #expect(screen.exitCode == 0, "\(screen.text)")
      for text in ["office [QINGDAO]:", "guarantor [LUSHANG-GUARANTEE]:", "currency [CNY]:"] {
        #expect(screen.text.contains(text), "\(text)")
      }
      #expect(try program.output("find", "slip 9").contains("receive_funds"))
    }
  }

  @Test("What was given is not asked for, and a no records nothing")
  func declined() async throws {
    try await withLedger(StartingLedger.decided) { program in
      let before = try program.output("dispute", "history", "QD-2025-0101")
      let screen = try typed(
        ["1000.00", "", "", "n"], program, "dispute pay-right-holder --dispute QD-2025-0101 --on 2025-11-05")
      #expect(screen.exitCode == 0 && screen.text.hasSuffix("guarantee: Nothing was recorded.\n"))
      #expect(!screen.text.contains("dispute [") && !screen.text.contains("on ["))
      #expect(try program.output("dispute", "history", "QD-2025-0101") == before)
    }
  }

  @Test("A value that can't be read is asked for again, and what would be refused can be changed")
  func mended() async throws {
    try await withLedger(StartingLedger.decided) { program in
      let lines = [
        "1", "jiao", "", "200.000,00", "900,000.00", "ref 9", "2025-02-30", "2025/11/5", "3", "", "c", "on",
        "2025年11月5日",
        "y",
      ]
      let screen = try typed(lines, program, "counter-guarantee call")
      #expect(screen.exitCode == 0)
      #expect(screen.text.contains("The value of amount can't be read: 200.000,00."))
      #expect(screen.text.contains("The value of on can't be read: 2025-02-30."))
      #expect(screen.text.contains("This would be refused. Drawn and called would come to 1700000.00"))
      #expect(screen.text.contains("'guarantee help refusal award_exceeded' explains it."))
      #expect(screen.text.contains("Recorded call_undertaking on 2025-11-05 "))
    }
  }

  @Test("A code that is none is answered with the one that was meant, which is then taken")
  func meant() async throws {
    try await withLedger(StartingLedger.decided) { program in
      let screen = try typed(
        ["QD-2025-101", "QD-2025-0101", "1000.00", "", "y"], program,
        "dispute pay-right-holder --on 2025-11-05")
      #expect(screen.exitCode == 0, "\(screen.text)")
      #expect(screen.text.contains("or open the dispute first. Did you mean 'QD-2025-0101'"))
      #expect(screen.text.contains("Recorded pay_right_holder on 2025-11-05 "), "\(screen.text)")
    }
  }

  @Test("What happened leads to its event")
  func added() async throws {
    try await withLedger(StartingLedger.decided) { program in
      let screen = try typed(
        ["", "xyzzy", "award paid", "1", "", "500.00", "", "2025-11-05", "y"], program, "add")
      #expect(screen.exitCode == 0)
      #expect(screen.text.contains("Nothing that can happen is described by 'xyzzy'."))
      #expect(screen.text.contains("1) pay_right_holder  The award is paid out of custody"))
      #expect(screen.text.contains("Recorded pay_right_holder on 2025-11-05 with the key pay_right_holder-"))
    }
  }

  @Test("Nobody is asked without a terminal, with --no-input, or when the call is wrong otherwise")
  func silent() async throws {
    try await withLedger(StartingLedger.decided) { program in
      let run = try program.run(["counter-guarantee", "call"])
      #expect(run.exitCode == 64 && run.errors.contains("Needed: --dispute"))
      let screen = try typed([], program, "counter-guarantee call --no-input")
      #expect(screen.exitCode == 64 && screen.text.contains("needed: --dispute"))
      let mistyped = try typed([], program, "counter-guarantee call --disptue X")
      #expect(mistyped.exitCode == 64 && mistyped.text.contains("Did you mean '--dispute'?"))
      let add = try program.run(["add"])
      #expect(add.exitCode == 64 && add.errors.contains("there is no terminal"))
    }
  }

  @Test("A preview shows what events would do, and records nothing")
  func preview() async throws {
    try await withLedger(StartingLedger.decided) { program in
      let before = try program.output("report", "journal")
      let call = [
        "dispute", "pay-right-holder", "--dispute", "QD-2025-0101", "--amount", "800000.00", "--key", "P-1",
      ]
      let shown = try program.run(call + ["--preview", "-O", "csv"])
      #expect(
        shown.output == """
          key,effect,subject,currency,debit,credit,before,after,was,becomes
          P-1,entry,QINGDAO:payable_right_holder:QD-2025-0101:CNY,CNY,800000.00,,800000.00,0.00,,
          P-1,entry,QINGDAO:bank:CNY,CNY,,800000.00,2109600.00,1309600.00,,

          """)
      let refused = try program.run(call.map { $0 == "800000.00" ? "900000.00" : $0 } + ["--preview"])
      #expect(refused.exitCode == 1 && refused.output.isEmpty && refused.errors.contains("holds 800000.00"))
      #expect(try program.output("report", "journal") == before)
    }
    try await withLedger { program in
      let folder = try TemporaryFolder()
      let file = try folder.write(try program.output("demo", "--events"), to: "case.csv")
      let run = try program.run(["record", "--preview", file])
      try Golden.expect(run.output, is: "record-preview.csv")
      #expect(run.exitCode == 1 && run.errors.contains("DEMO-LOT-B-TOO-EARLY: Cover in force"))
      #expect(try program.output("report", "journal").split(separator: "\n").count == 1)
    }
  }

  @Test("The rules are explained by their codes")
  func explained() throws {
    let program = BuiltProgram()
    try Golden.expect(try program.output("help", "refusal", "cover_short"), is: "help-refusal.txt")
    try Golden.expect(try program.output("help", "event", "draw", "open_dispute"), is: "help-event.txt")
    let list = try program.output("help", "event").split(separator: "\n")
    #expect(list.count == GeneratedPages.events.count + 1)
    for page in GeneratedPages.events + GeneratedPages.refusals {
      #expect(
        page.text.split(separator: "\n").allSatisfy { $0.count <= 80 || !$0.contains(" ") }, "\(page.code)")
    }
    let run = try program.run(["help", "refusal", "cover_shor"])
    #expect(run.exitCode == 64 && run.errors.contains("Did you mean 'cover_short'?"))
    #expect(try program.output("help", "event", "reverse").hasPrefix("OVERVIEW:"))
  }
}
