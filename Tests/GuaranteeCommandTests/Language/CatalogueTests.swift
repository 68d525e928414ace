import Foundation
import LedgerSQL
import Testing

@testable import GuaranteeCommand

@Suite("What is said in Chinese")
struct CatalogueTests {
  /// The sources of a target, by their paths.
  private static func sources(of target: String) -> [String: String] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/" + target)
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return Dictionary(
      uniqueKeysWithValues: paths.filter { $0.hasSuffix(".swift") }.map { path in
        let text = try? String(contentsOfFile: folder.path + "/" + path, encoding: .utf8)
        return (path, text ?? "")
      })
  }

  /// What reads like words and is none, or is put together from what has a translation.
  private static let notSaid: Set<String> = [
    "guarantee: ", "<!doctype html>", "swatch wide", "<meta charset=", "><meta name=", "(values: ",
    "values: ", "default: ", "  --version ",
    "fods:OpenDocument Spreadsheet Flat XML", "xlsx:Calc MS Excel 2007 XML",
    // less takes no other letters in its prompt.
    "-PsSpace\\: next page, b\\: back, q\\: quit$",
    "next steps", "show, list", "default profile", " ({1} only read)", "column beside {1}",
    "Each of these records one event, dated today unless --on says another day{1}.",
  ]

  /// Files that say nothing to people.
  private static let forPrograms: Set<String> = [
    "Page/PageStyle.swift", "Recording/EventSheet+Flat.swift",
    // What people say, and not what they are told.
    "Events/EverydayWords.swift",
  ]

  /// What is said only together with what comes before or behind it.
  private static let goesOn: Set<String> = [
    "the statement does not add up: with its {1} lines {2} becomes {3}, ",
    "the row has {1} the {2} columns of the header", "The server of {1} {2}", "{1} {2} failed: {3}",
    "{1} is too long for a Unix socket, and no link to it could be made in ",
    "choose a data directory with a path of at most 80 bytes, or set XDG_RUNTIME_DIR to a folder of",
  ]

  /// The lines of a literal that are for people.
  private static func sentences(in literal: String) -> [String] {
    if notSaid.contains(literal) { return [] }
    return literal.split(separator: "\n").map(String.init).filter { line in
      let isExample =
        line.hasPrefix("Example") || line.hasPrefix("guarantee ")
        || line.hasPrefix("  ") && line.contains(/guarantee |": "|printf/)
      return !isExample && !notSaid.contains(line) && line.contains(/[a-z]{2}[^ ]* .*[a-z]|[.] *$/)
        && line.contains(/[a-z]{2}/)
    }
  }

  @Test("Whatever the program says in a sentence, it can say in Chinese")
  func sentences() throws {
    let sources = Self.sources(of: "GuaranteeCommand")
    #expect(sources.count > 100)
    for (path, source) in sources.sorted(by: { $0.key < $1.key }) where !Self.forPrograms.contains(path) {
      for sentence in SwiftLiterals(in: source).all.flatMap({ Self.sentences(in: $0.text) }) {
        #expect(Catalogue.chinese[sentence] != nil, "\(path): \(sentence)")
      }
    }
  }

  @Test(
    "What the library says when it fails can be said in Chinese",
    arguments: ["GuaranteeLedger", "PrivatePostgres"])
  func failures(_ target: String) {
    let said =
      /(LedgerError\(\s*\.\w+,|PackError\(\s*\.\w+,|self\.init\(\s*\.\w+,|PrivateServerError\(\s*\.?\w+, [\w.]+,|\bfatal\(|\bfault\(|\breason:|\bremedy:)\s*$/
    var count = 0
    for (path, source) in Self.sources(of: target).sorted(by: { $0.key < $1.key }) {
      for literal in SwiftLiterals(in: source).all
      where literal.text.contains(" ") && !Self.goesOn.contains(literal.text)
        && literal.context.contains(said)
      {
        let text = literal.text
        count += 1
        let filled = Blanks.fill(text) { _ in "7" }
        let found = Language.$current.withValue(.chinese) { Phrase(said: filled).text }
        #expect(found.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(path): \(text)")
      }
    }
    #expect(count > 20)
  }

  @Test("A literal is read as the compiler reads it")
  func literals() {
    let source = #"""
      // "a comment"
      let a = "one \(f("two", 3)) \"three\""
      let b = """
        four \
        five
          six \(x)
        """
      """#
    #expect(SwiftLiterals(in: source).all.map(\.text) == ["one {1} \"three\"", "four five\n  six {1}"])
  }

  @Test("Whatever the rules say, the program can say in Chinese")
  func rules() {
    for page in GeneratedPages.events + GeneratedPages.refusals {
      #expect(Catalogue.chinese[page.summary] != nil, "\(page.code): \(page.summary)")
    }
    for (file, column) in [
      ("events", "meaning"), ("fields", "meaning"), ("refusals", "message"), ("refusals", "basis"),
      ("deadlines", "basis"), ("../stories/demo-steps", "text"),
    ] {
      for text in RuleTable.values(column, of: file) where !text.isEmpty {
        #expect(Catalogue.chinese[text] != nil, "\(file): \(text)")
      }
    }
  }

  @Test(
    "Every code of the rules has a name",
    arguments: [
      ("events", "event", ["event"]), ("accounts", "role", ["role"]), ("deadlines", "deadline", ["deadline"]),
      ("transitions", "from", ["stage", "state"]), ("transitions", "to", ["stage", "state"]),
      ("transitions", "outcome", ["outcome"]), ("refusals", "code", ["refusal"]),
      ("postings", "instrument", ["instrument"]), ("commands", "noun", ["noun"]),
    ])
  func names(_ kind: (file: String, column: String, contexts: [String])) {
    let codes = Set(RuleTable.values(kind.column, of: kind.file)).subtracting(["", "given"])
    #expect(!codes.isEmpty)
    for code in codes.sorted() {
      #expect(Catalogue.chinese.name(of: code, among: kind.contexts) != nil, "\(code)")
    }
  }

  @Test("Every column that a reading has is called something in Chinese")
  func columns() {
    let readings = LedgerSQL.files.filter {
      $0.path.contains(/^views\/(report_|due|todo|find|next_steps|preview|dispute_history|bank_matches)/)
    }
    let columns = readings.flatMap { file in
      file.text.firstMatch(of: /returns table \(([^$]*?)\)\s*\nlanguage/)
        .map { $0.output.1.matches(of: /(?:^|,)\s*"?(\w+)"? \w/).map { String($0.output.1) } } ?? []
    }
    #expect(Set(columns).count > 80)
    for column in Set(columns).sorted() {
      #expect(Catalogue.chinese.name(of: column, among: ["column"]) != nil, "\(column)")
    }
  }

  @Test("Whatever the ledger's check looks at has a name")
  func checks() {
    let files = LedgerSQL.files.filter { $0.path.hasPrefix("views/check_") }
    let names = files.flatMap {
      $0.text.matches(of: /(?:select|compare\() ?'((?:[^']|'')+)'/).map(\.output.1)
    }
    #expect(names.count > 40)
    for name in names {
      let name = name.replacing("''", with: "'")
      #expect(Catalogue.chinese[String(name)] != nil, "\(name)")
    }
  }

  @Test("A ready-made sentence is recognised for what it is, and no other takes its place")
  func recognised() {
    for record in GeneratedWords.chinese.split(separator: "\n").map({ $0.split(separator: "\t") })
    where record.first == "said" && record.count == 3 {
      let pattern = String(record[1])
      let filled = Blanks.fill(pattern, Self.sample)
      let found = Catalogue.chinese.recognised(filled)
      #expect(found.pattern == pattern, "\(filled) as \(found.pattern)")
    }
  }

  /// What could stand in a blank.
  private static func sample(_ blank: String) -> String? {
    switch BlankKind(blank) {
    case .anything, .words: "Q\(blank)"
    case .number: "12.00"
    case .date: "2026-01-05"
    case .code: "some_code"
    case .word: "QD-1"
    case .name(let context):
      [
        "outcome": "settled", "stage": "open", "kind": "invention", "deadline": "sue_by", "machine": "lot",
        "instrument": "cash",
      ][
        context]
        ?? "Q\(blank)"
    }
  }

  @Test("What nobody has translated stays as it is")
  func unknown() {
    Language.$current.withValue(.chinese) {
      #expect(
        Phrase(said: "Something else, of 2 kinds: this and that.").text
          == "Something else, of 2 kinds: this and that.")
      #expect(Phrase(verbatim: "{1} of {2}").text == "{1} of {2}")
    }
  }

  @Test("Sentences are put together in either language")
  func phrases() {
    let phrase: Phrase = "There is no command '\("{2}")' of '\("report")'.\(Nearest.question(["a", "b"]))"
    #expect(phrase.text == "There is no command '{2}' of 'report'. Did you mean 'a' or 'b'?")
    Language.$current.withValue(.chinese) {
      #expect(phrase.text == "“report”之下没有命令“{2}”。是否想用“a”或“b”？")
    }
  }
}

/// A file of the rules, read as simply as these tests need.
private enum RuleTable {
  static func values(_ column: String, of name: String) -> [String] {
    let path = name.hasPrefix("../") ? name.dropFirst(3) + ".csv" : "rules/\(name).csv"
    let text = LedgerSQL.files.first { $0.path == path }?.text ?? ""
    var lines = text.split(separator: "\n").map(cells)
    guard !lines.isEmpty, let index = lines.removeFirst().firstIndex(of: column) else { return [] }
    return lines.map { $0[index] }
  }

  private static func cells(_ line: Substring) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == ",", !isQuoted {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
    }
    return cells
  }
}
