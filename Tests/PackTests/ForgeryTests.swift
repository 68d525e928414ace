import Crypto
import Foundation
import TestSupport
import Testing

@testable import GuaranteeLedger

@Suite("A journal written anew")
struct ForgeryTests {
  @Test("An amount changed, with every hash made to fit, is found by the entries")
  func amount() async throws {
    let pack = try await PackMaker.shared.copy()
    try forge(pack) { $0.replacingOccurrences(of: ",900,JPY,", with: ",901,JPY,") }
    let proof = try pack.verify()
    #expect(proof.findings.map(\.kind) == [.seals, .entries])
    let finding = try #require(proof.findings.last)
    #expect(finding.file == "entries.csv")
    #expect(finding.line == 2)
    #expect(finding.more == 1)
  }

  @Test(
    "What only the hashes know is found by a pack that was kept elsewhere, and an honest later pack goes on from it"
  )
  func against() async throws {
    let pack = try await PackMaker.shared.copy()
    let kept = try await PackMaker.shared.copy()
    #expect(try pack.verify(against: kept.path).isWhole)
    try forge(pack) { $0.replacingOccurrences(of: ",receipt,", with: ",receipts,") }
    #expect(try pack.verify().findings.map(\.kind) == [.seals])
    #expect(try pack.verify(against: kept.path).findings.map(\.kind) == [.seals, .prefix])
    #expect(try pack.verify(against: kept.path + "/manifest.json").findings.map(\.kind) == [.seals, .prefix])
    // Without its seals the pack fits again, but for the one that was kept.
    try pack.write([pack.records("seals.csv")[0]], to: "seals.csv")
    #expect(try pack.verify().findings.map(\.kind) == [.seals])
    try pack.edit(isSealed: false) { $0.files }
    #expect(try pack.verify().findings == [])
    #expect(try pack.verify(against: kept.path).findings.map(\.kind) == [.prefix])
    try await withPackedLedger { ledger, folder in
      _ = try await ledger.export(to: folder.file("older"))
      let on = try #require(LedgerDate("2025-04-01"))
      let amount = try #require(Amount("7"))
      _ = try await ledger.record(
        ReceiveUnidentified(
          key: "later", on: on, office: "HARBIN", amount: amount, currency: .cny, reference: "r"))
      _ = try await ledger.export(to: folder.file("newer"))
      let (older, newer) = (AuditPack(path: folder.file("older")), AuditPack(path: folder.file("newer")))
      #expect(try newer.verify(against: older).isWhole)
      #expect(try older.verify(against: newer).findings.map(\.kind) == [.prefix])
    }
  }

  @Test("Seals are taken from trusted keys alone, and a seal signed with another key in its place is found")
  func keys() async throws {
    let pack = try await PackMaker.shared.copy()
    let keyIDs = try pack.verify().keyIDs
    #expect(keyIDs.count == 2)
    #expect(try AuditPack(path: pack.path).verify(trusting: keyIDs).isWhole)
    let findings = try AuditPack(path: pack.path).verify(trusting: [keyIDs[0]]).findings
    #expect(findings.map(\.kind) == [.seals])
    #expect(findings.first?.more == 0)
  }

  @Test("Refused attempts and seals that are left out are found by a pack that was kept elsewhere")
  func leftOut() async throws {
    let pack = try await PackMaker.shared.copy()
    let kept = try await PackMaker.shared.copy()
    let keyIDs = try pack.verify().keyIDs
    #expect(try pack.verify().limits == [])
    for table in ["attempts.csv", "seals.csv"] { try pack.write([pack.records(table)[0]], to: table) }
    try pack.edit(attempts: [], isSealed: false)
    let proof = try pack.verify()
    #expect(proof.findings == [])
    #expect(
      proof.limits.count == 1 && proof.limits.first?.hasPrefix("99 of its events are under no seal") == true)
    let later = try pack.verify(against: kept.path)
    #expect(later.limits == [])
    let finding = try #require(later.findings.first)
    #expect(later.findings.count == 1 && finding.kind == .prefix && finding.more == 2)
    #expect(finding.reason == "the older pack has 2 seals, which are not all here")
    // The key proves nothing where nothing is signed.
    let untrusted = try AuditPack(path: pack.path).verify(trusting: keyIDs).findings
    #expect(untrusted.map(\.kind) == [.seals])
    #expect(untrusted.first?.reason.hasPrefix("there is no seal") == true)
  }

  @Test("So are the last of them, and others in their place")
  func lastLeftOut() async throws {
    let pack = try await PackMaker.shared.copy()
    let kept = try await PackMaker.shared.copy()
    let records = try pack.records("seals.csv")
    let statements = try pack.cells(of: "seals.csv").map { $0[5] }
    let first = SHA256.hash(data: Array(statements[0].utf8)).hexDigits
    try pack.write(Array(records[...1]), to: "seals.csv")
    try pack.edit(seal: PackManifest.LastSeal(number: 1, sha256: first))
    let proof = try pack.verify()
    #expect(proof.findings == [])
    #expect(proof.limits.count == 1)
    #expect(try pack.verify(against: kept.path).findings.map(\.kind) == [.prefix])
    // The older one has another seal than this has at its place, and another attempt.
    let whole = try await PackMaker.shared.copy()
    let none = String(repeating: "0", count: 64)
    try kept.edit(seal: PackManifest.LastSeal(number: 1, sha256: none))
    #expect(
      try whole.verify(against: kept.path).findings.map(\.reason) == ["the older pack has another seal 1"])
    try kept.edit(
      attempts: [PackManifest.Head(office: "HARBIN", sequence: 1, hash: none)],
      seal: PackManifest.LastSeal(number: 1, sha256: first))
    let other = try whole.verify(against: kept.path).findings
    #expect(other.map(\.kind) == [.prefix])
    #expect(other.first?.line == 2 && other.first?.file == "attempts.csv")
  }

  @Test("Rules changed with all that follows from them are found by this program's own, or by an older pack")
  func rules() async throws {
    let (pack, kept) = (try await PackMaker.shared.copy(), try await PackMaker.shared.copy())
    let keyIDs = try pack.verify().keyIDs
    try forgeRules(pack)
    let proof = try AuditPack(path: pack.path).verify(against: AuditPack(path: kept.path), trusting: keyIDs)
    #expect(proof.findings.map(\.kind) == [.files])
    #expect(proof.findings.first?.file == "rules/effects.csv" && proof.findings.first?.more == 0)
    // What another program made has rules of its own, which it alone can tell.
    try pack.edit(program: "0.0.9")
    #expect(try pack.verify().findings == [])
    #expect(try pack.verify().limits.map { $0.contains("program '0.0.9'") } == [true])
    #expect(try pack.verify(against: kept.path).limits.count == 1)
    // Of that program's packs the older one tells.
    try kept.edit(program: "0.0.9")
    let later = try pack.verify(against: kept.path)
    #expect(later.findings.map(\.kind) == [.prefix] && later.findings.first?.file == "rules/effects.csv")
    #expect(later.limits == [])
    #expect(try pack.verify(against: pack.path).limits == [])
    #expect(try kept.verify().limits == [])
    try pack.edit(program: LedgerProgram.version, schema: "0001_none")
    #expect(try pack.verify().limits.map { $0.contains("schema '0001_none'") } == [true])
  }

  @Test("A file that no rules have is found among them, and one that is missing")
  func ruleFiles() async throws {
    let pack = try await PackMaker.shared.copy()
    try pack.write([UInt8](), to: "rules/more.csv")
    try FileManager.default.removeItem(atPath: pack.path + "/rules/working-days.csv")
    let sum = SHA256.hash(data: [UInt8]()).hexDigits
    try pack.edit { manifest in
      manifest.files.filter { $0.name != "rules/working-days.csv" }
        + [PackManifest.File(name: "rules/more.csv", bytes: 0, sha256: sum, rows: nil)]
    }
    let finding = try #require(try pack.verify().findings.first)
    #expect(finding.kind == .files && finding.more > 0)
    try pack.edit(program: "0.0.9")
    #expect(try pack.verify().findings == [])
    #expect(try pack.verify().limits.count == 1)
  }

  /// Takes away the disputes' awards, and what the rules say of them.
  private func forgeRules(_ pack: PackCopy) throws {
    let rules = String(decoding: try pack.bytes("rules/effects.csv"), as: UTF8.self)
    let changed = rules.replacingOccurrences(of: "awards_if_infringing", with: "awards_if_asked")
    #expect(changed != rules)
    try pack.write(Array(changed.utf8), to: "rules/effects.csv")
    try pack.fit("rules/effects.csv")
    let decided = try pack.records("disputes.csv").map { record in
      var cells = PackCopy.cells(of: record)
      if cells[9] == Array("infringing".utf8) { cells[10] = [] }
      return Array(cells.joined(separator: [UInt8(ascii: ",")])) + [UInt8(ascii: "\n")]
    }
    #expect(try decided != pack.records("disputes.csv"))
    try pack.write(decided, to: "disputes.csv")
  }

  /// Changes the journal's text and makes hashes, heads, manifest and sums fit.
  private func forge(_ pack: PackCopy, _ change: (String) -> String) throws {
    let rules = try PackRules(
      Dictionary(uniqueKeysWithValues: PackRules.needed.map { ($0, try pack.bytes("rules/\($0).csv")) }))
    let table = PackTable.events(rules.fields)
    let before = String(decoding: try pack.bytes("events.csv"), as: UTF8.self)
    let text = change(before)
    #expect(text != before)
    var source = ByteSource(Array(text.utf8))
    var reader = CSVReader(line: 1)
    _ = try reader.next(from: &source)
    var chain = EventChain(table)
    var hashes: [String] = []
    var heads: [PackManifest.Head] = []
    while try reader.next(from: &source) != nil {
      let (bytes, ends) = reader.row.take()
      bytes.withUnsafeBufferPointer { bytes in
        ends.withUnsafeBufferPointer { ends in
          let cells = PackCells(bytes: bytes, ends: ends)
          if heads.last?.office != cells.text(0) { chain.begin() } else { heads.removeLast() }
          // Taken twice: to learn the hash, and to go on from it.
          let state = chain
          let hash = chain.take(cells) ?? cells.text(ends.count - 1)
          chain = state
          chain.goOn(from: [UInt8](hexDigits: hash, count: 32) ?? [])
          hashes.append(hash)
          heads.append(
            PackManifest.Head(office: cells.text(0), sequence: Int64(cells.text(1)) ?? 0, hash: hash))
        }
      }
    }
    try pack.write(Array(text.utf8), to: "events.csv")
    var records = try pack.records("events.csv")
    for (index, hash) in hashes.enumerated() {
      records[index + 1] = records[index + 1].dropLast(65) + Array(hash.utf8) + [UInt8(ascii: "\n")]
    }
    try pack.write(records, to: "events.csv")
    try pack.edit(heads: heads) { $0.files }
  }
}
