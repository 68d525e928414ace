import Crypto
import Foundation
import LedgerTestSupport
import TestSupport
import Testing

@testable import GuaranteeLedger

/// The told ledger with its books closed: what was recorded late belongs to the period of its date.
private let closedLedger = DatabaseTemplate(name: "closed_pack") { connectionString in
  try await packedLedger.prepare(connectionString)
  let ledger = try await Ledger.open(.patient(connectionString))
  func close(_ key: String, _ office: String, _ day: String) async throws {
    let result = try await ledger.record(
      ClosePeriod(key: key, on: try #require(LedgerDate(day)), office: office))
    #expect(result.refusal == nil, "\(result)")
  }
  try await close("C-1", "HARBIN", "2025-03-06")
  try await close("C-2", "HARBIN", "2025-03-31")
  try await close("C-3", "QINGDAO", "2025-03-10")
  try await close("C-4", "QINGDAO", "2025-06-30")
  _ = try await ledger.seal(with: SealingKey())
  await ledger.close()
}

@Suite("Closings in a pack")
struct ClosingPackTests {
  private static let tables = ["closings.csv", "closing_balances.csv"]

  private static func pack(_ selection: PackSelection = PackSelection()) async throws -> PackCopy {
    try await withLedger(of: closedLedger) { ledger, folder in
      _ = try await ledger.export(to: folder.file("pack"), selecting: selection)
      return try PackCopy(of: folder.file("pack"))
    }
  }

  @Test("They are proved, in Python too, with disputes at several stages and accounts that go on")
  func whole() async throws {
    let pack = try await Self.pack()
    let proof = try pack.verify()
    #expect(proof.findings.map(\.description) == [])
    #expect(proof.rows["closings"] == 5)
    let text = String(decoding: try pack.bytes("closings.csv"), as: UTF8.self)
    #expect(text.contains("litigating") && text.contains("released_conditionally"))
    let run = try ProgramRun("python3", [Auditors.script("verify_pack.py"), pack.path])
    #expect(run.code == 0, "\(run.errors)")
    let closings = run.output.split(separator: "\n").filter { $0.hasPrefix("closing,") }
    let hashes = try pack.records("closings.csv").dropFirst().map { record in
      String(decoding: record.dropLast().suffix(64), as: UTF8.self)
    }
    #expect(closings.map { String($0.suffix(64)) } == hashes)
  }

  @Test("Rows taken out, doubled and swapped are found, whatever the manifest says", arguments: tables)
  func rows(table: String) async throws {
    let pack = try await Self.pack()
    for damage in RowDamage.allCases { try damage.expectFound(in: pack, table) }
    #expect(try RowDamage.expectCellsFound(in: pack, table) >= 8)
    let records = try pack.records(table)
    try pack.write(Array(records[..<2] + records[3...]), to: table)
    let run = try ProgramRun("python3", [Auditors.script("verify_pack.py"), pack.path])
    #expect(run.code == 1)
  }

  @Test("A closing made anew with all its hashes is found by the journal, whose hashes cover it")
  func forged() async throws {
    let pack = try await Self.pack()
    var records = try pack.records("closings.csv")
    var cells = PackCopy.cells(of: records[1]).map { String(decoding: $0, as: UTF8.self) }
    try #require(cells[6] == "{}")
    cells[6] = #""{""open"": ""1""}""#
    let said = CanonicalText.object([
      "office": .text(cells[0]), "through": .text(cells[1]), "sequence": .text(cells[2]),
      "previous": .text(cells[3]), "account_count": .text(cells[4]), "balances": .text(cells[5]),
      "disputes": .members(["open": "1"]), "lots": .members([:]),
    ])
    cells[8] = SHA256.hash(data: said.bytes).hexDigits
    records[1] = Array((cells.joined(separator: ",") + "\n").utf8)
    try pack.write(records, to: "closings.csv")
    #expect(pack.found() == [.closings])
    // With the event's word for it changed as well, the chain tells.
    let old = String(decoding: try pack.records("closings.csv")[2].dropLast().suffix(64), as: UTF8.self)
    let events = String(decoding: try pack.bytes("events.csv"), as: UTF8.self)
    try #require(events.contains(old))
    try pack.write(Array(events.replacingOccurrences(of: old, with: cells[8]).utf8), to: "events.csv")
    try pack.fit("events.csv")
    #expect(pack.found().isSuperset(of: [.chain, .closings]))
  }

  @Test("A pack of an office or up to a day has closings; one of a dispute or from a day has none")
  func parts() async throws {
    var (office, until, dispute, from) = (
      PackSelection(), PackSelection(), PackSelection(), PackSelection()
    )
    office.offices = ["HARBIN"]
    until.through = LedgerDate("2025-03-31")
    dispute.dispute = "QD-2025-0101"
    from.from = LedgerDate("2025-03-07")
    for (selection, count) in [(office, 2), (until, 4), (dispute, nil), (from, nil)] {
      let pack = try await Self.pack(selection)
      let proof = try pack.verify()
      #expect(proof.findings.map(\.description) == [])
      #expect(proof.rows["closings"] == count)
      let run = try ProgramRun("python3", [Auditors.script("verify_pack.py"), pack.path])
      #expect(run.code == 0, "\(run.errors)")
    }
  }
}
