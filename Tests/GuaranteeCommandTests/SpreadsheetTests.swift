import Foundation
import TestSupport
import Testing

@testable import GuaranteeCommand

@Suite("Spreadsheets")
struct SpreadsheetTests {
  private static let hasLibreOffice = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(
    separator: ":"
  )
  .contains { FileManager.default.isExecutableFile(atPath: $0 + "/soffice") }

  /// The sheet of a template with a row filled in below its header.
  private static func filled(_ sheet: String, _ values: [String]) -> String {
    let cells = values.map {
      #"<table:table-cell office:value-type="string"><text:p>\#($0)</text:p></table:table-cell>"#
    }
    let row = "<table:table-row>\(cells.joined())</table:table-row>"
    let place = sheet.firstRange(of: "<table:table-row table:number-rows-repeated")
    return place.map { sheet[..<$0.lowerBound] + row + sheet[$0.lowerBound...] } ?? sheet
  }

  @Test("A template has the events' columns, and says what belongs into them", arguments: ["en", "zh-Hans"])
  func template(_ language: String) throws {
    let program = BuiltProgram(environment: [:])
    #expect(
      try program.output("template", "receive_funds", "lodge_security")
        == "key,on,event,office,guarantor,amount,currency,reference,dispute\n")
    let folder = try TemporaryFolder()
    _ = try program.output(
      "template", "register_party", "lodge_counter_guarantee", folder.file("t.fods"), "--lang", language)
    try Golden.expect(folder.read("t.fods"), is: language == "en" ? "template.fods" : "chinese/template.fods")
    #expect(try program.run(["template", "recieve_funds"]).errors.contains("Did you mean 'receive_funds'?"))
    #expect(try program.run(["template", "draw.xlsx"]).exitCode == 64)
  }

  @Test(
    "A template that is filled in is recorded, in either format", .enabled(if: hasLibreOffice),
    arguments: ["ods", "xlsx"])
  func roundTrip(_ ending: String) async throws {
    try await withLedger { program in
      let folder = try TemporaryFolder()
      // Written by the program, filled in by LibreOffice's own format, and made into what people have.
      _ = try program.output("template", "register_party", folder.file("empty.\(ending)"))
      #expect(
        try program.output("record", folder.file("empty.\(ending)"), "-O", "csv") == "key,result,message\n")
      _ = try program.output("template", "register_party", folder.file("t.fods"))
      let sheet = try folder.read("t.fods")
      let values = ["00123", "2026-01-05", "register_party", "BANK-A", "guarantor", "青岛银行, \u{5927}"]
      _ = try folder.write(Self.filled(sheet, values), to: "filled.fods")
      let made = Process()
      made.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      made.arguments = [
        "soffice", "-env:UserInstallation=file://\(folder.path)/profile", "--headless", "--convert-to",
        ending, "--outdir",
        folder.path, folder.file("filled.fods"),
      ]
      made.standardOutput = FileHandle.nullDevice
      made.standardError = FileHandle.nullDevice
      try made.run()
      made.waitUntilExit()
      #expect(
        try program.output("record", folder.file("filled.\(ending)"), "-O", "csv")
          == "key,result,message\n00123,recorded,\n")
      #expect(try program.output("find", "青岛银行", "-O", "csv").contains("00123"))
    }
  }

  @Test("The ledger's own codes are offered, in a sheet that is not recorded")
  func choices() async throws {
    try await withLedger(StartingLedger.decided) { program in
      let folder = try TemporaryFolder()
      let file = folder.file("funds.fods")
      _ = try program.output("template", "receive_funds", "detain", file, "--choices")
      let sheet = try folder.read("funds.fods")
      #expect(sheet.contains("of:cell-content-is-in-list([$choices.$A$1:.$A$1])"))
      #expect(
        sheet.contains("<text:p>QINGDAO</text:p>") && sheet.contains("<text:p>LUSHANG-GUARANTEE</text:p>"))
      let table = sheet.firstRange(of: #"<table:table table:name="events">"#)
      #expect(table.map { !sheet[..<$0.lowerBound].contains("<text:p>QINGDAO") } == true)
      let csv = try program.run(["template", "receive_funds", "--choices"])
      #expect(csv.exitCode == 64 && csv.errors.contains("--choices goes into a spreadsheet"))
      if Self.hasLibreOffice {
        #expect(try program.output("record", file, "-O", "csv") == "key,result,message\n")
      }
    }
  }

  @Test("Text in GB 18030, with tabs, is recorded right")
  func gb18030() async throws {
    try await withLedger { program in
      let folder = try TemporaryFolder()
      let header = Array(
        "key\ton\tevent\tparty\tkind\tname\nA\t2026-01-05\tregister_party\tB\tguarantor\t".utf8)
      let bytes = header + [0xC7, 0xE0, 0xB5, 0xBA, 0x0A]
      try Data(bytes).write(to: URL(fileURLWithPath: folder.file("events.tsv")))
      let run = try program.run(["record", folder.file("events.tsv"), "-O", "csv"])
      #expect(run.output == "key,result,message\nA,recorded,\n")
      #expect(run.errors.contains("events.tsv is not UTF-8 and was read as GB 18030."))
      #expect(try program.output("find", "青岛", "-O", "csv").contains("青岛"))
      let said = try program.run(["record", folder.file("events.tsv"), "--preview", "--lang", "zh-Hans"])
      #expect(said.errors.contains("已按 GB 18030 读取"))
      // Latin-1 is neither of them.
      try Data(header + Array("Soci".utf8) + [0xE9, 0x74, 0xE9, 0x0A]).write(
        to: URL(fileURLWithPath: folder.file("latin.tsv")))
      let latin = try program.run(["record", folder.file("latin.tsv")])
      #expect(latin.exitCode == 65)
      #expect(latin.errors.contains("byte 5 of the value (0xE9) is not UTF-8; save the file as UTF-8."))
    }
  }

  @Test(
    "Without LibreOffice the way by CSV is said, and what is no spreadsheet too",
    arguments: ["en", "zh-Hans"])
  func without(_ language: String) async throws {
    try await withLedger { program in
      let folder = try TemporaryFolder()
      _ = try folder.write("no spreadsheet", to: "a.xlsx")
      var environment = program.environment
      environment["PATH"] = folder.path
      let run = try BuiltProgram(environment: environment).run([
        "record", folder.file("a.xlsx"), "--lang", language,
      ])
      #expect(run.exitCode == 65)
      #expect(run.errors.contains(language == "en" ? "save as" : "另存为") || run.errors.contains("Save as"))
      #expect(try program.run(["record", folder.file("none.ods")]).exitCode == 65)
    }
  }
}
