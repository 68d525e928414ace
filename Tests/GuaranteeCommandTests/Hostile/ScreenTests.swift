import Foundation
import GuaranteeLedger
import PostgresClient
import TestSupport
import Testing

@Suite("What data may do to a screen, a shell and a spreadsheet: nothing")
struct ScreenTests {
  /// Clears the screen, names the window, fills the clipboard, turns the reading order, in 7 and in 8 bits.
  private static let harm = "\u{1B}[2J\u{1B}]0;x\u{7}\u{9B}31m\u{202E}\u{200F}\u{E0041}\r\u{8}"

  /// What a terminal shows of a shell's lines.
  private func shown(_ program: BuiltProgram, _ lines: String, in folder: TemporaryFolder) throws -> String {
    let file = try folder.write("PATH=\(folder.path):$PATH\n" + lines, to: "lines.sh")
    try? FileManager.default.createSymbolicLink(
      atPath: folder.file("guarantee"), withDestinationPath: BuiltProgram.path)
    return try program.shell(
      "cd '\(folder.path)' && TERM=xterm script -qec 'sh \(file)' /dev/null </dev/null")
  }

  /// The characters that a terminal would not just show, apart from what the program itself sends.
  private func dangerous(in text: String) -> [String] {
    let own = [
      "\r\n\u{FEFF}", "\u{1B}[1m", "\u{1B}[31m", "\u{1B}[33m", "\u{1B}[0m", "\r\u{1B}[K", "\r\n", "\n",
    ]
    let data = own.reduce(text) { $0.replacingOccurrences(of: $1, with: " ") }
    return data.unicodeScalars.filter {
      $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
    }.map { String($0.value, radix: 16) }
  }

  @Test("Every report and list, in every format, of a ledger whose texts were put in past all rules")
  func reports() async throws {
    try await TemporaryServer.shared.withDatabase(template: StartingLedger.decided) { url in
      try await Self.poison(url)
      let (program, folder) = (
        BuiltProgram(environment: ["GUARANTEE_DATABASE_URL": url]), try TemporaryFolder()
      )
      let reports = Report.allCases.map {
        "report \($0.rawValue)" + ($0 == .statement ? " --guarantor LUSHANG-GUARANTEE" : "")
      }
      let others = [
        "todo", "find Q", "pending", "dispute list", "dispute show QD-2025-0101 --whole",
        "dispute next QD-2025-0101",
        "dispute history QD-2025-0101", "guarantor list", "guarantor show LUSHANG-GUARANTEE",
        "due --within 3000", "check",
        "bank list", "lapse --all --dry-run", "status",
      ]
      let lines = (reports + others).flatMap { command in
        ["table", "csv", "json"].map { "guarantee \(command) -O \($0)" }
      }
      let rest = [
        "guarantee report journal --excel",
        "guarantee follow --until-end", "guarantee receipt E-003", "guarantee due --within 3000 --ics -",
      ]
      let text = try await blocking { try shown(program, (lines + rest).joined(separator: "\n"), in: folder) }
      #expect(text.contains("\\u{1B}[2J") && text.contains("\\u001b[2J"), "nothing of it was shown at all")
      #expect(dangerous(in: text) == [])
    }
  }

  /// Puts harm into every text that is for people.
  private static func poison(_ url: String) async throws {
    let connection = try await PostgresConnection.connect(to: url)
    try await connection.execute("set session_replication_role = replica")
    let literal =
      "E'\(harm.unicodeScalars.map { "\\U" + String(repeating: "0", count: 8 - String($0.value, radix: 16).count) + String($0.value, radix: 16) }.joined())'"
    for (table, column) in [
      ("party", "name"), ("office", "name"), ("office", "zone"), ("event", "recorded_by"),
    ] {
      try await connection.execute("update guarantee.\(table) set \(column) = \(literal)")
    }
    try await connection.execute(
      "update guarantee.event set fields = fields || jsonb_build_object('reference', \(literal), 'description', \(literal))"
    )
    await connection.close()
  }

  @Test("Files that are refused, and the sentences that say why")
  func refusals() async throws {
    try await withLedger(StartingLedger.decided) { program in
      let folder = try TemporaryFolder()
      let harm = Self.harm
      _ = try folder.write("key,on,event,\(harm)\n", to: "header.csv")
      _ = try folder.write("key,on,event,office\nA\(harm),2026-01-05,close_\(harm),\(harm)\n", to: "rows.csv")
      _ = try folder.write("{\"\(harm.replacing("\u{1B}", with: "\\u001b"))\":1}\n", to: "lines.jsonl")
      _ = try folder.write(
        "交易日期,借方,贷方,余额,对方户名,摘要,流水号\n2026-01-05,,1.00,1.00,\"\(harm)\",\"\(harm)\",1\n2026-01-05,,x\(harm),1.00,,,2\n",
        to: "bad.csv")
      _ = try folder.write(
        "交易日期,借方,贷方,余额,对方户名,摘要,流水号\n2026-01-05,,1.00,1.00,\"\(harm)\",\"\(harm)\",1\n", to: "good.csv")
      _ = try folder.write("{\"\(harm)\": \"x\"}", to: "layout.json")
      let bank = "guarantee bank import --office QINGDAO --account 1 --currency CNY"
      let lines = """
        for file in *.csv *.jsonl; do guarantee record --each $file; guarantee record --each -O csv $file; done
        guarantee report attempts; guarantee report attempts -O csv; guarantee report attempts -O json
        \(bank) bad.csv; \(bank) --layout layout.json good.csv; \(bank) good.csv; guarantee bank match; guarantee bank list
        guarantee report reconciliation; guarantee bank propose -; guarantee find "$(cat header.csv)"
        guarantee record "$(cat header.csv)"; guarantee --profile "$(cat header.csv)" todo; guarantee "$(cat header.csv)"
        guarantee office register --office "$(cat header.csv)" --zone x; guarantee verify "$(cat header.csv)"
        guarantee export pack >/dev/null; sed -i 's/"program" : "/&\(harm)/; s/"office" : "/&\(harm)/' pack/manifest.json
        guarantee verify pack; guarantee verify pack -O csv
        guarantee export part --office QINGDAO; sed -i 's/"offices" : \\[/&"\(harm)",/' part/manifest.json; guarantee verify part
        """
      let text = try shown(program, lines, in: folder)
      #expect(text.contains("\\u{1B}[2J"), "nothing of it was shown at all")
      #expect(dangerous(in: text) == [])
      // Sentences keep what a terminal would run out of files, too, which people look at on one.
      let results = try program.run(["record", "--each", "-O", "csv", folder.file("rows.csv")])
      let sentence = results.output.split(separator: ",").last ?? ""
      #expect(!sentence.isEmpty && dangerous(in: String(sentence)) == [])
    }
  }

  @Test("A code that bash would run when it completes a word is not offered to it", .timeLimit(.minutes(20)))
  func completion() async throws {
    try await TemporaryServer.shared.withDatabase(template: StartingLedger.empty) { url in
      let (program, folder) = (
        BuiltProgram(environment: ["GUARANTEE_DATABASE_URL": url]), try TemporaryFolder()
      )
      try await blocking {
        for office in ["NORTH-1", "NORTH-2", "NORTH-$(touch pwned)", "NORTH-`touch pwned`"] {
          _ = try program.output("office", "register", "--office=\(office)", "--zone=Z")
        }
      }
      let terminal = try TypedTerminal(
        "bash --norc --noprofile",
        environment: [
          "HOME": folder.path, "GUARANTEE_DATABASE_URL": url, "TERM": "xterm",
          "PATH": (BuiltProgram.path as NSString).deletingLastPathComponent + ":/usr/bin:/bin",
        ])
      terminal.type("cd; source <(guarantee --generate-completion-script bash); echo rea''dy\n")
      try await terminal.shows("ready")
      terminal.type("guarantee office close-period --office N\t\t\t")
      try await terminal.shows("NORTH-2")
      terminal.type("\u{3}")
      terminal.end()
      #expect(!folder.contents.contains("pwned"))
      #expect(!FileManager.default.fileExists(atPath: "pwned"))
    }
  }

  @Test("Rows for spreadsheets run nothing, whatever was recorded")
  func sheets() async throws {
    try await withLedger { program in
      let texts = [
        "=1+1", "+1", "-1", "@sum", "=cmd|' /C calc'!A0", "\t=1", "\n=1", "＝1+1", " =1", "007", "'=1", "\"=1",
      ]
      let rows = texts.enumerated().map { number, text in
        "K-\(number),2026-01-05,register_office,\"OFFICE-\(number)\",\"\(text.replacing("\"", with: "\"\""))\"\n"
      }
      _ = try program.output("record", "-", input: "key,on,event,office,zone\n" + rows.joined())
      for command in [["find", "OFFICE"], ["report", "journal"], ["report", "trial-balance"]] {
        let run = try program.run(command + ["--excel"])
        #expect(run.exitCode == 0 && run.output.hasPrefix("\u{FEFF}"))
        let starts = run.output.dropFirst().split(whereSeparator: { ",\n".contains($0) })
          .compactMap { $0.first { $0 != "\"" && $0 != " " } }
        #expect(!starts.contains { "=+@＝\t".contains($0) }, "\(run.output)")
      }
      let folder = try TemporaryFolder()
      _ = try program.output("export", folder.file("pack"), "--excel")
      #expect(try program.run(["verify", folder.file("pack")]).exitCode == 0)
    }
  }
}
