import Foundation
import TestSupport
import Testing

@testable import GuaranteeLedger

@Suite("Packs that mean harm")
struct HostileTests {
  @Test(
    "Names that lead out of the folder are not opened",
    arguments: [
      "../outside.csv", "/etc/passwd", "rules/../../outside.csv", "rules", "", ".", "..", "rules/", "a/b",
      "x\u{0}y", "a\\b",
    ])
  func names(name: String) async throws {
    let pack = try await PackMaker.shared.copy()
    try pack.edit { manifest in
      manifest.files + [PackManifest.File(name: name, bytes: 1, sha256: "", rows: nil)]
    }
    #expect(pack.found().contains(.files))
    #expect(!PackName.isPlain(name) || name == "rules")
  }

  @Test("A link or a pipe in a file's place is not read")
  func links() async throws {
    let pack = try await PackMaker.shared.copy()
    try FileManager.default.moveItem(atPath: pack.path + "/lots.csv", toPath: pack.folder.file("lots.csv"))
    try FileManager.default.createSymbolicLink(
      atPath: pack.path + "/lots.csv", withDestinationPath: pack.folder.file("lots.csv"))
    #expect(try pack.verify().findings.first?.reason.contains("link") == true)
    try FileManager.default.removeItem(atPath: pack.path + "/lots.csv")
    #expect(mkfifo(pack.path + "/lots.csv", 0o600) == 0)
    #expect(try pack.verify().findings.first?.file == "lots.csv")
  }

  @Test("A link in a folder's place is not followed", arguments: [true, false])
  func linkedFolders(isListed: Bool) async throws {
    let (pack, other) = (try await PackMaker.shared.copy(), try await PackMaker.shared.copy())
    try FileManager.default.removeItem(atPath: pack.path + "/rules")
    try FileManager.default.createSymbolicLink(
      atPath: pack.path + "/rules", withDestinationPath: other.path + "/rules")
    if isListed {
      try pack.edit { $0.files + [PackManifest.File(name: "rules", bytes: 1, sha256: "", rows: nil)] }
    }
    let findings = try pack.verify().findings
    #expect(findings.contains { $0.kind == .files && $0.file.contains("rules") })
    #expect(findings.contains { $0.reason == "the file is missing" && $0.file.hasPrefix("rules/") })
  }

  @Test("A file with the name of a folder is one that the manifest has to list", arguments: ["ads", "excel"])
  func filesForFolders(name: String) async throws {
    let pack = try await PackMaker.shared.copy()
    try pack.write(Array("x\n".utf8), to: name)
    let findings = try pack.verify().findings
    #expect(findings.map(\.kind) == [.files])
    #expect(
      findings.first?.file == "'\(name)'" && findings.first?.reason.hasPrefix("the file is no part") == true)
  }

  @Test("Text that is none is found and no harm done", arguments: DamageTests.tables)
  func texts(table: String) async throws {
    let pack = try await PackMaker.shared.copy()
    let records = try pack.records(table)
    let numbers = Array("99999999999999999999999999".utf8)
    for harm: [UInt8] in [
      [0xFF, 0xFE], [0], [UInt8(ascii: "\"")], numbers, Array("\",\"".utf8), [0xC0, 0x80],
    ] {
      for row in [0, 1, records.count - 1] { try expectFound(harm, at: row, of: records, in: pack, table) }
    }
    for text in ["", "\n", "\"", "office", "a,b\n1\n"] {
      try pack.write([Array(text.utf8)], to: table)
      #expect(!pack.found().isEmpty)
    }
  }

  @Test(
    "A line without end is found and no harm done",
    arguments: RowDamage.isLong ? DamageTests.tables : ["events.csv", "attempts.csv"])
  func endless(table: String) async throws {
    let pack = try await PackMaker.shared.copy()
    let records = try pack.records(table)
    let harm = [UInt8](repeating: UInt8(ascii: "x"), count: 5 << 20)
    for row in RowDamage.isLong ? [0, 1, records.count - 1] : [records.count - 1] {
      try expectFound(harm, at: row, of: records, in: pack, table)
    }
  }

  /// Puts `harm` before a row, and expects that it is found.
  private func expectFound(
    _ harm: [UInt8], at row: Int, of records: [[UInt8]], in pack: PackCopy, _ table: String
  ) throws {
    var damaged = records
    damaged[row] = harm + records[row]
    try pack.write(damaged, to: table)
    #expect(!pack.found().isEmpty)
  }

  @Test(
    "What is no pack is said to be none",
    arguments: [
      "", "{", "[]", "{}", "null", String(repeating: "[", count: 100_000), #"{"format":"guarantee-pack/1"}"#,
    ])
  func manifests(text: String) async throws {
    let pack = try await PackMaker.shared.copy()
    try pack.write(Array(text.utf8), to: PackManifest.name)
    let error = #expect(throws: PackError.self) { try pack.verify() }
    #expect(error?.code == .unreadable)
    #expect(throws: PackError.self) { try AuditPack(path: "/nowhere").verify() }
  }

  @Test("A form of a later program is not guessed at")
  func laterForm() async throws {
    let pack = try await PackMaker.shared.copy()
    let text = String(decoding: try pack.bytes(PackManifest.name), as: UTF8.self)
    try pack.write(
      Array(text.replacingOccurrences(of: "guarantee-pack/1", with: "guarantee-pack/2").utf8),
      to: PackManifest.name)
    let error = #expect(throws: PackError.self) { try pack.verify() }
    #expect(error?.message.contains("guarantee-pack/2") == true)
  }

  @Test("Rules that are none are found", arguments: PackRules.needed)
  func rules(name: String) async throws {
    let pack = try await PackMaker.shared.copy()
    for text in [
      "", "\"", "a,b\n1\n", "event,debit,credit,currency,minor_digits,role,ledger,normal\n,,,,x,,,\n",
    ] {
      try pack.write(Array(text.utf8), to: "rules/\(name).csv")
      try pack.fit("rules/\(name).csv")
      #expect(!pack.found().isEmpty)
    }
  }
}
