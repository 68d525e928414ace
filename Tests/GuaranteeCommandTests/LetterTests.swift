import Foundation
import TestSupport
import Testing

@testable import GuaranteeCommand

@Suite("Letters")
struct LetterTests {
  /// A letter about an event of the examples' story, without when it was recorded and what follows from that.
  private static func letter(_ program: BuiltProgram, _ words: String...) throws -> String {
    let text = try program.output("letter", words[0], words[1], "-", "--lang", words[2])
    return text.replacing(#/<style>[^<]*<\/style>/#, with: "<style>STYLE</style>")
      .replacing(#/[0-9a-f]{64}/#, with: "HASH").replacing(
        #/20\d\d-\d\d-\d\d \d\d:\d\d/#, with: "TIME")
  }

  @Test(
    "The story's papers read so, in either language",
    arguments: [
      ("receipt", "E-019"), ("receipt", "E-026"), ("release", "QD-2025-0101"), ("call", "E-036"),
      ("return", "E-064"), ("return", "E-042"), ("public-notice", "QD-2025-0102"),
    ], ["en", "zh-Hans"])
  func goldens(_ letter: (String, String), _ language: String) async throws {
    try await withLedger(StartingLedger.examples) { program in
      let text = try Self.letter(program, letter.0, letter.1, language)
        .replacing(#/(recorded TIME by |，)[a-z]+/#) { "\($0.output.1)LOGIN" }
      let name = "letter-\(letter.0)-\(letter.1).html"
      try Golden.expect(text, is: language == "en" ? name : "chinese/" + name)
      // Nothing is asked for elsewhere, nothing runs, and no blank is left.
      #expect(!text.contains(#/<script|https?:|<link|<img|@import|\{\{/#))
      #expect(text.hasPrefix("<!doctype html>\n<html lang=\"\(language)\">"))
    }
  }

  @Test("What no letter can be written about is said with what would do")
  func refused() async throws {
    try await withLedger(StartingLedger.examples) { program in
      func errors(_ words: String...) throws -> String {
        let run = try program.run(["letter"] + words + ["-"])
        #expect(run.exitCode == 1 && run.output.isEmpty, "\(words)")
        return run.errors
      }
      #expect(
        try errors("call", "E-019").contains(
          "lodge_security, and this letter is written about call_undertaking. For it there is: receipt."))
      #expect(try errors("call", "QD-2025-0101").contains("Name one: E-036, E-039."))
      #expect(try errors("call", "QD-2025-0104").contains("Nothing has happened"))
      #expect(try errors("receipt", "interest-2025-1").contains("Did you mean 'INTEREST-2025-01'?"))
      #expect(
        try program.run(["letter", "reciept", "E-019", "-"]).errors.contains("Did you mean 'receipt'?"))
      #expect(try program.run(["letter"]).output.contains("COMMANDS"))
      let folder = try TemporaryFolder()
      _ = try folder.write("{{! events: credit_interest }}{{amount}}", to: "interest.html")
      #expect(
        try errors("mine", "INTEREST-2025-01", "--template", folder.file("interest.html"))
          .contains("was reversed by 'E-015'"))
    }
  }

  @Test("A period's letters are written at once, each the same as by itself; what was reversed is left out")
  func all() async throws {
    try await withLedger(StartingLedger.examples) { program in
      let folder = try TemporaryFolder()
      let papers = folder.file("new/papers")
      let call = ["letter", "all", papers, "--from", "2025-01-01", "--to", "2025-12-31", "-O", "csv"]
      let rows = try program.run(call).output.split(separator: "\n").map(String.init)
      #expect(rows.first == "letter,key,on,dispute,file")
      #expect(rows.contains("call,E-036,2025-11-03,QD-2025-0101,\(papers)/call-E-036.html"), "\(rows)")
      let files = try FileManager.default.contentsOfDirectory(atPath: papers)
      #expect(files.count == rows.count - 1 && !files.contains { $0.contains("INTEREST-2025-01") })
      let receipt = try String(contentsOfFile: papers + "/receipt-E-019.html", encoding: .utf8)
      #expect(try receipt == program.output("letter", "receipt", "E-019", "-"))
      let calls = try program.run(call + ["--letter", "call", "--office", "QINGDAO"]).output
      #expect(calls.split(separator: "\n").dropFirst().allSatisfy { $0.hasPrefix("call,") })
      let none = try program.run(["letter", "all", papers, "-O", "table"])
      #expect(none.exitCode == 0 && none.errors.contains("Nothing happened then"), "\(none.errors)")
    }
  }

  @Test("No key leads a letter's file to another folder, or onto another's")
  func fileNames() {
    var names = LetterFileNames()
    #expect(names.next("receipt", "../a/b") == "receipt-.._a_b.html")
    #expect(names.next("receipt", ".._a_b") == "receipt-.._a_b-2.html")
    #expect(names.next("call", "（2025）鲁02号") == "call-（2025）鲁02号.html")
    #expect(names.next("call", String(repeating: "长", count: 64)).utf8.count < 255)
  }

  @Test("An office's own template replaces the program's, and adds letters")
  func own() async throws {
    try await withLedger(StartingLedger.examples) { ledger in
      let folder = try TemporaryFolder()
      let letters = folder.file("guarantee/letters")
      try FileManager.default.createDirectory(atPath: letters, withIntermediateDirectories: true)
      let program = BuiltProgram(
        environment: ledger.environment.merging(["XDG_CONFIG_HOME": folder.path]) { $1 })
      _ = try folder.write(
        "{{! events: lodge_security }}Got {{amount}}", to: "guarantee/letters/receipt.html")
      _ = try folder.write(
        "{{! events: detain\ntitle: 扣留 }}{{on}}", to: "guarantee/letters/detention.zh-Hans.html")
      #expect(try program.output("letter", "receipt", "E-019", "-") == "Got 1,200,000.00")
      #expect(try program.output("letter", "detention", "E-020", "-", "--lang", "zh-Hans") == "2025年2月6日")
      #expect(
        try program.output("letter", "list", "-O", "csv", "--lang", "zh-Hans").contains(
          "detention,扣留,detain,"))
      #expect(try program.output("letter", "list", "-O", "csv").contains("receipt.html"))
      // What the program prints can be used as it is.
      let template = try program.output("letter", "template", "call")
      _ = try folder.write(template, to: "call.html")
      let filled = try program.output("letter", "call", "E-036", "-", "--template", folder.file("call.html"))
      #expect(try filled == program.output("letter", "call", "E-036", "-"))
    }
  }

  @Test(
    "A mistake in a template is named with its line",
    arguments: [
      ("{{! events: detain }}\n{{amuont}}", "line 2: A letter has no value 'amuont'. Did you mean 'amount'?"),
      ("{{! events: detain }}\n\n{{#lots}}", "line 3: {{#lots}} is never closed by {{/lots}}."),
      (
        "{{! events: detain }}{{#lots}}{{/held}}", "{{/held}} closes what is not open: {{/lots}} is expected."
      ),
      ("{{! events: detain }}{{/lots}}", "{{/lots}} closes what is not open."),
      ("{{! events: detain }}{{{amount}}}", "is none of what a template may have"),
      ("{{! events: detain }}{{> /etc/passwd}}", "is none of what a template may have"),
      ("{{! events: detain }}{{a b}}", "'a b' is no name of a value."),
      ("{{! events: detain }}{{on", "{{ is never closed by }}."),
      ("{{on}}", "begin it with {{! events: lodge_security }}."),
      ("{{! events: detain }}<SCRIPT>", "A letter runs nothing"),
      ("{{! events: detain }}{{state_on}}{{#lots}}{{state}}{{/lots}}", "no value 'state_on'"),
    ])
  func mistakes(_ template: String, _ message: String) {
    var names = LetterNames()
    names.single = ["amount", "on", "event"]
    names.lists = ["lots": ["state"], "held": ["amount"]]
    let error = #expect(throws: Failure.self) {
      try LetterTemplate(template, file: "mine.html").filled(with: LetterValues(), names: names)
    }
    #expect(error?.code == .unreadableInput)
    #expect(error?.message.text.hasPrefix("mine.html, line ") == true)
    #expect(error?.message.text.contains(message) == true, "\(error?.message.text ?? "")")
  }

  @Test("What somebody is called never becomes markup, and values inside count first")
  func escaping() throws {
    var values = LetterValues()
    values.texts = ["name": "<b a='\"'>&{{on}}", "on": "outside"]
    values.flags = ["name_is_x"]
    values.lists = ["lots": [LetterValues(texts: ["on": "inside"]), LetterValues()], "held": []]
    var names = LetterNames()
    names.single = ["name", "on"]
    names.lists = ["lots": ["on"], "held": []]
    let template = try LetterTemplate(
      "{{! events: x }}\n{{name}}{{#lots}}[{{on}}]{{/lots}}{{^lots}}none{{/lots}}{{^held}}no{{/held}}{{#name_is_x}}x{{/name_is_x}}{{^name_is_y}}y{{/name_is_y}}",
      file: "t")
    #expect(
      try template.filled(with: values, names: names)
        == "&lt;b a=&#39;&quot;&#39;&gt;&amp;{{on}}[inside][outside]noxy")
  }

  @Test(
    "Amounts in characters that nobody can alter",
    arguments: [
      ("1200000.00", "壹佰贰拾万元整"), ("100500.00", "壹拾万零伍佰元整"), ("100000500.05", "壹亿零伍佰元零伍分"),
      ("0.50", "伍角整"), ("16.07", "壹拾陆元零柒分"), ("1001.10", "壹仟零壹元壹角整"), ("0.00", "零元整"),
      ("9999999999999999.99", "玖仟玖佰玖拾玖万亿玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ])
  func amountInWords(_ amount: String, _ words: String) { #expect(LetterText.amountInWords(amount) == words) }

  @Test(
    "Amounts that have no such characters",
    arguments: ["1.000", "x", "12345678901234567.00", "-1.00", "1.0", ""])
  func noWords(_ amount: String) { #expect(LetterText.amountInWords(amount) == nil) }
}
