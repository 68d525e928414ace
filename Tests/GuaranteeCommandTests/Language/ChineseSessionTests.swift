import Foundation
import TestSupport
import Testing

@testable import GuaranteeCommand

@Suite("A session in Chinese")
struct ChineseSessionTests {
  private static let chinese = ["LC_ALL": "zh_CN.UTF-8", "HOME": "/nowhere"]

  private static func inChinese(_ program: BuiltProgram) -> BuiltProgram {
    BuiltProgram(environment: program.environment.merging(chinese) { $1 })
  }

  @Test("Each mistake gets one sentence in Chinese")
  func mistakes() throws {
    var text = ""
    for mistake in UsageTests.mistakes {
      let run = try BuiltProgram(environment: Self.chinese).run(
        mistake.split(separator: " ").map(String.init))
      #expect(run.exitCode == 64 && run.output.isEmpty, "\(mistake)")
      #expect(run.errors.contains { Self.isChinese($0) }, "\(run.errors)")
      text += "$ guarantee \(mistake)\n\(run.errors)"
    }
    try Golden.expect(text, is: "chinese/usage.txt")
  }

  @Test("Reports for people are in Chinese, and for programs they are the same bytes in either language")
  func reports() async throws {
    let reports = [
      ["disputes"], ["balances"], ["exposure"], ["deadlines"], ["statement", "--dispute", "QD-2025-0101"],
      ["segregation", "--as-of", "2025-06-30"], ["recourse", "--as-of", "2025-11-30"],
    ]
    try await withLedger(StartingLedger.examples) { program in
      let chinese = Self.inChinese(program)
      for report in reports {
        let table = try chinese.run(["report"] + report + ["-O", "table"]).output
        try Golden.expect(table, is: "chinese/report-\(report[0]).txt")
        for title in table.split(separator: "\n").first?.split(separator: " ") ?? [] {
          #expect(title.contains { Self.isChinese($0) }, "\(title)")
        }
        let past = report.contains("--as-of") ? ["--known-at", "2030-01-01T00:00"] : []
        for format in ["csv", "json"] {
          let arguments = ["report"] + report + past + ["-O", format]
          #expect(try chinese.run(arguments).output == program.run(arguments).output)
        }
      }
    }
  }

  @Test("A dispute, a guarantor and the status are shown in Chinese")
  func shown() async throws {
    try await withLedger(StartingLedger.examples) { program in
      let chinese = Self.inChinese(program)
      try Golden.expect(
        try chinese.output("dispute", "show", "QD-2025-0101", "-O", "table"), is: "chinese/dispute-show.txt")
      try Golden.expect(
        try chinese.output("guarantor", "show", "LUSHANG-GUARANTEE", "-O", "table"),
        is: "chinese/guarantor-show.txt")
      let status = try chinese.output("status", "-O", "table")
      for line in status.split(separator: "\n") { #expect(line.first.map(Self.isChinese) == true, "\(line)") }
    }
  }

  @Test("Refusals are told in Chinese with the values behind them, and rejects keep their columns")
  func refusals() async throws {
    try await withLedger(StartingLedger.examples) { program in
      let chinese = Self.inChinese(program)
      let refund = [
        "funds", "refund", "--on", "2026-01-05", "--office", "QINGDAO", "--guarantor", "LUSHANG-GUARANTEE",
        "--amount", "900000.00", "--currency", "CNY",
      ]
      let table = try chinese.run(refund + ["-O", "table"])
      #expect(table.exitCode == 1 && table.output.isEmpty)
      #expect(
        table.errors
          == "guarantee: 账户 QINGDAO:guarantor_funds:LUSHANG-GUARANTEE:CNY 的余额为 40000.00，而要支取 900000.00。请减少金额，或先存入款项。\n"
      )
      let key = ["--key", "K-1", "-O", "csv"]
      #expect(try chinese.run(refund + key).output == program.run(refund + key).output)

      let folder = try TemporaryFolder()
      let file = try folder.write(
        "key,on,event,dispute,lot,office\nA,2026-01-05,release_lot,QD-2025-0101,A,\nB,2026-01-05,fly,,,\n"
          + "C,2026-13-05,close_period,,,QINGDAO\nD,2026-01-05,detain,QD-1,,\n", to: "case.csv")
      let rejects = folder.file("rejects.csv")
      let run = try chinese.run(["record", "--each", "--rejects", rejects, file, "-O", "table"])
      #expect(run.exitCode == 1)
      try Golden.expect(
        run.output + run.errors.replacing(folder.path, with: "…") + (try folder.read("rejects.csv")),
        is: "chinese/record-rejects.txt")
    }
  }

  @Test("Questions on a terminal are asked in Chinese")
  func asked() async throws {
    try await withLedger(StartingLedger.decided) { program in
      let lines = ["", "1", "2,00", "200000.00", "ref 9", "", "n"]
      let command = "LANG=zh_CN.UTF-8 NO_COLOR=1 '\(BuiltProgram.path)' counter-guarantee call"
      let run = try BuiltProgram(path: "/bin/bash", environment: program.environment).run(
        ["-c", "script -qec \"\(command)\" /dev/null"], input: lines.map { $0 + "\n" }.joined())
      for text in [
        "案件编号 dispute [QD-2025-0101]：", "判决赔偿额 1000000.00，已扣划代偿 800000.00", "最多 400000.00",
        "无法读取 amount 的值：2,00。应为：", "是否记录？ [y：是，n：否，c：修改]", "未作任何记录。",
      ] { #expect(run.output.contains(text), "\(text) in \(run.output)") }
    }
  }

  @Test("What happened is found by Chinese words, whichever language is spoken")
  func search() {
    #expect(EventSearch.events(for: "扣划").map(\.code).contains("draw"))
    #expect(EventSearch.events(for: "国库").map(\.code) == ["escheat", "escheat_security"])
  }

  private static func isChinese(_ character: Character) -> Bool {
    character.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
  }
}
