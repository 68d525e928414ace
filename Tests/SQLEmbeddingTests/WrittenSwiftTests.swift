import Foundation
import TestSupport
import Testing

@testable import SQLEmbeddingTool

@Suite("The Swift that the tool writes", .serialized)
struct WrittenSwiftTests {
  /// The package's folder.
  private static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Runs the compiler in a new folder with the given files in it; fails with what it says.
  private func compile(_ files: [String: String], _ arguments: [String]) async throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "written-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
    let said = try await run(
      "/usr/bin/env",
      ["swiftc", "-swift-version", "6", "-package-name", "x"] + arguments + files.keys.sorted(),
      in: folder)
    #expect(said.status == 0, "\(said.output)")
    return folder
  }

  private func run(
    _ program: String, _ arguments: [String], in folder: URL
  ) async throws -> (status: Int32, output: String) {
    try await blocking { try runHere(program, arguments, in: folder) }
  }

  private func runHere(
    _ program: String, _ arguments: [String], in folder: URL
  ) throws -> (status: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Self.package.appending(path: path), encoding: .utf8)
  }

  @Test("An embedded file is the same text, whatever it holds")
  func literals() async throws {
    let texts = [
      "", "\n", "plain\n", "no end", "\"\"\"#\n\"\"\"##\n", "\\#(x) \\##n \\(y)\n", "a\rb\r\nc\n",
      "\0\u{FEFF}保\n", "  indented\n\n",
      "#\"\"\"", "\"\"\"\n", "\\",
    ]
    let files = texts.enumerated().map { SourceFile(path: "functions/\($0).sql", text: $1) }
    let main = """
      for file in LedgerSQL.files { print(file.text.utf8.map { String($0) }.joined(separator: " ")) }

      """
    let folder = try await compile(
      [
        "SQLFile.swift": text("sql/SQLFile.swift"), "Embedded.swift": EmbeddedFiles(files: files).swift,
        "main.swift": main,
      ],
      ["-o", "embedded"])
    defer { try? FileManager.default.removeItem(at: folder) }
    let printed = try await run(folder.path + "/embedded", [], in: folder).output
    let expected = texts.map { $0.utf8.map { String($0) }.joined(separator: " ") + "\n" }.joined()
    #expect(printed == expected)
  }

  @Test("Every type of the library is known to the tool, so that no event takes its name")
  func takenTypes() throws {
    let folder = Self.package.appending(path: "Sources/GuaranteeLedger")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".swift")
    }
    let declaration = #/^(?:public |package |final |private )*(?:struct|enum|class|actor|protocol) (\w+)/#
      .anchorsMatchLineEndings()
    let types = try paths.flatMap { path in
      try text("Sources/GuaranteeLedger/" + path).matches(of: declaration).map { String($0.1) }
    }
    #expect(types.count > 20)
    #expect(Set(types).subtracting(TypedEvents.takenTypes) == [])
  }

  @Test("Events and fields may be called as anything in Swift or in the library is")
  func oddNames() async throws {
    let events = #"""
      event,subject,requires,optional,approval,meaning
      repeat,dispute,dispute in,self init default Type class name event_name,no,"A keyword ""event"", with a comma"
      error,lot,dispute lot string amount-x 2nd,swift bool,no,Called as Swift's
      event,office,office database help run,,no,
      ledger,office,amount ledger_date,type instrument,no,Called as the library's \(x)
      2nd_event,office,,,no,"Two
      lines"
      """#
    let fields = #"""
      field,event,type,values,meaning
      string,,choice,a-b a_b self init known 10 1st Type,"Odd ""choices"""
      type,,choice,x y,
      amount,,amount,,
      amount,error,choice,low high,
      ledger_date,,date,,
      bool,,boolean,,
      swift,,choice,a,
      """#
    let guards = "code,events,refuses when\nself,every event,always\nunknown_event,every event,twice\n"
    let rules = try Rules(files: [
      SourceFile(path: "rules/events.csv", text: events), SourceFile(path: "rules/fields.csv", text: fields),
      SourceFile(path: "rules/guards.csv", text: guards),
    ])
    try await typecheck(rules)
  }

  /// Compiles what is written from the rules beside the library's own files that it refers to.
  private func typecheck(_ rules: Rules, and use: String = "") async throws {
    var files = ["Written.swift": TypedEvents(rules: rules).swift, "Use.swift": use]
    for path in [
      "Events/Event", "Recording/RefusalCode", "Values/Amount", "Values/Currency", "Values/DecimalText",
      "Values/LedgerCode", "Values/LedgerDate",
    ] {
      files[path.split(separator: "/")[1] + ".swift"] = try text("Sources/GuaranteeLedger/\(path).swift")
    }
    let folder = try await compile(
      files, ["-typecheck", "-warnings-as-errors", "-module-name", "GuaranteeLedger"])
    try FileManager.default.removeItem(at: folder)
  }

  @Test("A new row of the rules is a new static of its type by a build alone")
  func newRows() async throws {
    let rows = [
      "accounts": "bond_held,cash,credit,office+dispute,Bond held,保证金",
      "currencies": "XBT,4",
      "deadlines": "pay_bond_by,pay_bond,,5,working_days,,warn,Bond Rules art. 1",
      "events": "pay_bond,dispute,dispute amount bond_kind instrument,,no,The consignor pays a bond",
      "fields": "bond_kind,,choice,personal corporate,,,Who stands for the bond",
      "guards": "bond_short,pay_bond,it is less than is due",
      "postings": "pay_bond,pledge,bank,bond_held",
      "transitions":
        "dispute,pay_bond,detained,suspended,\nlot,pay_bond,held,sealed,\ndispute,pay_bond,open,decided,bought_off",
    ]
    let folder = Self.package.path + "/sql/rules"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { name in
      let rules = try text("sql/rules/" + name)
      let row = rows[String(name.dropLast(".csv".count))].map { $0 + "\n" } ?? ""
      return SourceFile(path: "rules/" + name, text: rules + row)
    }
    try await typecheck(
      try Rules(files: files),
      and: """
        let stages: [DisputeStage] = [.open, .suspended]
        let states: [LotState] = [.releasedConditionally, .sealed]
        let outcomes: [Outcome] = [.infringing, .settled, .withdrawn, .boughtOff]
        let deadlines: [DeadlineName] = [.sueBy, .coverEnds, .payBondBy]
        let roles: [AccountRole] = [.bank, .bondHeld]
        let currencies: [Currency] = [.cny, .try, .xbt]
        let refusals: [RefusalCode] = [.insufficientFunds, .bondShort]
        let procedures: [Procedure] = [.exOfficio], ledgers: [AccountLedger] = [.cash, .memo]
        let kinds: ([PartyKind], [RecordalKind]) = ([.guarantor], [.utilityModel])
        func bond(on day: LedgerDate, _ amount: Amount) -> any LedgerEvent {
          PayBond(key: "1", on: day, dispute: "D", amount: amount, bondKind: .corporate, instrument: .pledge)
        }
        let isNamed = PayBond.eventName == .payBond && BondKind.known == [.personal, .corporate]
        """)
  }

  @Test("Codes that Swift would spell alike get names of their own")
  func codesAlike() throws {
    var codes = CodeType("Odd", "Odd codes.")
    for code in ["a_b", "a-b", "aB", "self", "init", "known", "Known", "CNY", "cny", "2nd", "default", ""] {
      codes.add(code, "")
    }
    let names = codes.swift.matches(of: /static let (`?\w+`?) = Self/).map { String($0.1) }
    #expect(
      names == [
        "aB", "aB_", "aB__", "self_", "`init`", "known__", "known___", "cny", "cny_", "`2nd`", "`default`",
      ])
  }
}
