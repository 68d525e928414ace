import Foundation
import TestSupport
import Testing

@testable import GuaranteeLedger

@Suite("Packs opened by other programs")
struct InteropTests {
  private static let programs = ["frictionless", "duckdb", "pandas"]

  @Test(
    "DuckDB, pandas and a Data Package validator open every kind of pack",
    .enabled(
      if: Auditors.haveEnvironment, "DuckDB, pandas and frictionless are not here: .ci/auditors brings them"),
    arguments: programs, [nil, PackPart.additions, .dispute, .asOf])
  func opens(program: String, part: PackPart?) async throws {
    let pack =
      if let part { try await PartMaker.shared.copy(part) } else { try await PackMaker.shared.copy() }
    let run = try Auditors.open(pack, with: program)
    #expect(run.code == 0, "\(run.errors)")
    let manifest = try PackJSON.read(pack.bytes(PackManifest.name), as: PackManifest.self)
    let wanted = manifest.files.filter { $0.rows != nil && !$0.name.hasPrefix("excel/") }
    let found = Set(run.output.split(separator: "\n").map(String.init))
    #expect(found == Set(wanted.map { "\($0.name),\($0.rows ?? 0)" }))
  }

  @Test(
    "They find what does not fit",
    .enabled(
      if: Auditors.haveEnvironment, "DuckDB, pandas and frictionless are not here: .ci/auditors brings them"),
    arguments: [
      ("frictionless", "disputes.csv", ",LAOSHAN-COOLING,", ",NOBODY,"),
      ("frictionless", "entries.csv", ",bank,", ",banc,"), ("duckdb", "accounts.csv", ",900,", ",901,"),
      ("duckdb", "events.csv", ",2025-03-05,", ",2025-13-05,"), ("pandas", "accounts.csv", ",900,", ",901,"),
    ])
  func finds(program: String, file: String, before: String, after: String) async throws {
    let pack = try await PackMaker.shared.copy()
    let text = String(decoding: try pack.bytes(file), as: UTF8.self)
    #expect(text.contains(before))
    try pack.write(Array(text.replacingOccurrences(of: before, with: after).utf8), to: file)
    #expect(try Auditors.open(pack, with: program).code != 0)
  }

  @Test(
    "A spreadsheet takes text for text, numbers for numbers, and runs nothing",
    .enabled(if: Auditors.haveSpreadsheet, "LibreOffice is not here: .ci/install libreoffice-calc brings it"))
  func spreadsheet() async throws {
    let pack = try await PackCopy(of: WithSpreadsheets.shared.path)
    let events = String(decoding: try pack.bytes("excel/events.csv"), as: UTF8.self)
    for cell in ["'=1+1", "'007", "'12345678901234567890", "'MAR-1", "'1E5", "'＝cmd", "''quoted"] {
      #expect(events.contains(",\(cell),"), "\(cell)")
    }
    let run = try Auditors.openWorkbook(pack)
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.output.split(separator: "\n").count == PackTable.all(fields: []).count)
    // What was not disarmed is found: the spreadsheet is one that runs formulas.
    for cell in ["'=1+1", "'007", "'MAR-1"] {
      try pack.write(
        Array(events.replacingOccurrences(of: cell, with: cell.dropFirst()).utf8), to: "excel/events.csv")
      #expect(try Auditors.openWorkbook(pack).code != 0, "\(cell)")
    }
  }
}

/// The late ledger's pack with its tables for spreadsheets.
private actor WithSpreadsheets {
  static let shared = WithSpreadsheets()
  private var folder: TemporaryFolder?

  var path: String {
    get async throws {
      let folder = try await withLateLedger { ledger, folder in
        _ = try await ledger.export(to: folder.file("pack"), adding: [.excel])
        return folder
      }
      self.folder = folder
      return folder.file("pack")
    }
  }
}
