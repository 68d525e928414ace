import Foundation
import TestSupport
import Testing

@testable import GuaranteeCommand

@Suite("Sessions on a terminal, as a clerk has them")
struct SessionTests {
  /// A language, and a terminal's width.
  struct Screen: Sendable, CustomTestStringConvertible {
    let language: String
    let columns: Int
    var testDescription: String { "\(language), \(columns) columns" }

    /// Runs the program on a terminal of this width on which the lines are typed.
    func run(_ program: BuiltProgram, _ arguments: String, typing lines: [String] = []) throws -> String {
      let command =
        "stty cols \(columns) -echo; '\(BuiltProgram.path)' --lang \(language) --no-pager \(arguments)"
      let run = try BuiltProgram(
        path: "/bin/bash",
        environment: program.environment.merging(["NO_COLOR": "1", "TERM": "xterm"]) { $1 }
      ).run(
        ["-c", "script -qec \"\(command)\" /dev/null"], input: lines.map { $0 + "\n" }.joined())
      #expect(run.exitCode == 0, "\(arguments): \(run.output)")
      return run.output.replacing("\r\n", with: "\n")
    }
  }

  static let screens = [
    Screen(language: "en", columns: 80), Screen(language: "zh-Hans", columns: 80),
    Screen(language: "en", columns: 200), Screen(language: "zh-Hans", columns: 200),
  ]

  /// What is called, and what is typed when it asks. An empty line takes what is proposed.
  private static let aCase = [
    ("office register", ["QINGDAO", "SHANDONG-FTZ", "", "cash letter", "2025-01-06"]),
    ("party register", ["BANK-A", "guarantor", "Bank A", "2025-01-06"]),
    ("party register", ["RIGHT-HOLDER-A", "right_holder", "", "2025-01-06"]),
    ("party register", ["LAOSHAN-COOLING", "consignor", "", "2025-01-06"]),
    ("recordal register", ["P-1", "", "invention", "2021-03-01", "", "2025-01-06"]),
    ("facility grant", ["", "", "5000000.00", "CNY", "", "", "2025-01-06"]),
    ("funds receive", ["", "", "500000.00", "CNY", "slip 1", "2025-01-07"]),
    ("dispute open", ["", "QD-1", "on_application", "", "", "", "CNY", "", "2025-02-05"]),
    ("goods add", ["", "A", "90000.00", "", "", "", "", "2025-02-05"]),
    ("security lodge", ["", "", "slip 2", "2025-02-06"]),
    ("dispute detain", ["", "", "2025-02-06"]),
    ("dispute request-release", ["", "", "", "2025-02-07"]),
    ("counter-guarantee lodge", ["", "", "", "cash", "", "", "2025-02-07"]),
    ("goods release-conditionally", ["", "", "", "2025-02-10"]),
  ]

  @Test(
    "A case is entered by prompts alone: what is likely is proposed, and what lacks is said",
    arguments: [screens[0], screens[3]])
  func caseByPrompts(_ screen: Screen) async throws {
    try await withLedger { program in
      for (call, lines) in Self.aCase {
        let text = try screen.run(program, call, typing: lines + ["y"])
        if call == "security lodge" {
          #expect(text.contains("90000.00") && text.contains("[90000.00]"), "\(text)")
        }
      }
      let disputes = try program.output("report", "disputes")
      #expect(
        disputes.contains("QD-1,QINGDAO,detained,,CNY,90000.00,90000.00,90000.00,"), "\(disputes)")
    }
  }

  @Test("The day's work fits the window, and says what to type", arguments: screens)
  func workList(_ screen: Screen) async throws {
    try await withLedger(StartingLedger.decided) { program in
      for call in ["todo --office QINGDAO", "dispute show QD-2025-0101", "due --within 9999", "doctor"] {
        let text = try screen.run(program, call + (call == "doctor" ? " || true" : ""))
        for line in text.split(separator: "\n") where call.hasPrefix("todo") || !line.contains("guarantee ") {
          #expect(DisplayWidth.of(String(line)) <= screen.columns, "\(call): \(line)")
        }
        // A command stands together, so that it can be copied.
        if call.hasPrefix("todo") {
          #expect(text.split(separator: "\n").contains { $0.contains("guarantee dispute ") }, "\(text)")
        }
      }
    }
  }

  @Test("Who has nothing yet gets a ledger with the first command, and an empty work list")
  func firstUse() throws {
    let folder = try TemporaryFolder()
    let program = BuiltProgram(
      environment: ["GUARANTEE_DATA_DIR": folder.file("books"), "HOME": folder.path])
    defer { _ = try? program.run(["stop"]) }
    let empty = try Self.screens[0].run(program, "todo")
    #expect(empty.contains("guarantee"))
    let first = try Self.screens[1].run(program, Self.aCase[0].0, typing: Self.aCase[0].1 + ["y"])
    #expect(first.contains("register_office-"), "\(first)")
  }
}
