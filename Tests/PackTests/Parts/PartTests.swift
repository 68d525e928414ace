import Foundation
import PostgresClient
import TestSupport
import Testing

@testable import GuaranteeLedger

@Suite("Packs of a part of the ledger")
struct PartTests {
  @Test(
    "A pack of a part that was just written fits, and says what it can't prove", arguments: PackPart.allCases)
  func fits(part: PackPart) async throws {
    let proof = try await PartMaker.shared.copy(part).verify()
    #expect(proof.findings.map(\.description) == [])
    #expect(proof.heads == ["": 10, "QINGDAO": 85, "HARBIN": 10])
    #expect(Set(proof.rows.keys).isSuperset(of: part.tables.map { String($0.dropLast(4)) }))
    let shown = try #require(proof.rows["events"])
    #expect(proof.rows["chain"] == 105 - shown)
    #expect(proof.limits.first?.hasPrefix("This pack is ") == true)
    #expect(
      proof.limits.contains { $0.contains("no event of these dates") } == (part.selection.through != nil))
    #expect(proof.limits.contains { $0.contains("opening balances") } == (part.selection.from != nil))
    #expect(proof.limits.contains { $0.contains("under no seal") } == (part != .dispute))
  }

  @Test("A dispute's pack tells nothing of the rest but hashes")
  func nothingElse() async throws {
    let (pack, whole) = (try await PartMaker.shared.copy(.dispute), try await PackMaker.shared.copy())
    func cells(_ pack: PackCopy, _ table: String) throws -> [[String]] {
      try pack.records(table).dropFirst().map {
        PackCopy.cells(of: $0).map { String(decoding: $0, as: UTF8.self) }
      }
    }
    let shown = Set(try cells(pack, "events.csv").map { $0[2] })
    let all = try cells(whole, "events.csv")
    let dispute = try #require(PackTable.events(try fields(of: whole)).index(of: "dispute"))
    let own = Set(all.filter { $0[dispute] == "QD-2025-0101" }.map { $0[2] })
    #expect(own.isSubset(of: shown) && own.count > 20 && shown.count < own.count + 10)
    #expect(
      Set(all.filter { shown.contains($0[2]) }.map { $0[4] }).isSuperset(of: [
        "register_party", "register_office",
      ]))
    var text = ""
    for name in try pack.names where !name.hasPrefix("rules/") {
      text += String(decoding: try pack.bytes(name), as: UTF8.self)
    }
    for event in all where !shown.contains(event[2]) {
      #expect(!text.contains("\(event[2]),"), "\(event[2])")
    }
    for entry in try cells(pack, "entries.csv") {
      #expect((entry[4] == "QD-2025-0101") == !entry[9].isEmpty)
    }
    #expect(try cells(pack, "attempts.csv").isEmpty)
  }

  private func fields(of pack: PackCopy) throws -> [String] {
    try PackRules(
      Dictionary(uniqueKeysWithValues: PackRules.needed.map { ($0, try pack.bytes("rules/\($0).csv")) })
    ).fields
  }

  @Test("An office's pack has the office's rows of the whole one")
  func office() async throws {
    let part = try await PartMaker.shared.copy(.office)
    try await withLateLedger { ledger, folder in
      _ = try await ledger.export(to: folder.file("pack"))
      let whole = try PackCopy(of: folder.file("pack"))
      for table in ["events.csv", "entries.csv", "accounts.csv", "attempts.csv", "facilities.csv"] {
        let wanted = try whole.records(table).enumerated().filter { row, record in
          row == 0 || [[], Array("QINGDAO".utf8)].contains(PackCopy.cells(of: record)[0])
        }.map(\.element)
        #expect(try part.records(table) == wanted, "\(table)")
      }
      for table in ["parties.csv", "recordals.csv", "seals.csv"] {
        #expect(try part.bytes(table) == whole.bytes(table), "\(table)")
      }
    }
  }

  @Test("A period ends with the balances of its last day", arguments: [PackPart.period, .asOf])
  func balances(part: PackPart) async throws {
    let pack = try await PartMaker.shared.copy(part)
    let day = try #require(part.selection.through)
    try await withLateLedger { ledger, _ in
      var wanted: [[String]] = []
      try await ledger.asOf(day).report(
        .balances, where: [.zero: "true"], columns: { _ in },
        row: { wanted.append([$0[0] ?? "", $0[6] ?? ""]) })
      let found = try pack.records("accounts.csv").dropFirst().map { record in
        let cells = PackCopy.cells(of: record).map { String(decoding: $0, as: UTF8.self) }
        return [cells[5], cells[6]]
      }
      #expect(Set(found) == Set(wanted) && !found.isEmpty)
      #expect(part != .asOf || found.contains { $0[1].hasPrefix("-") })
    }
  }

  @Test("The ledger as of a day makes the pack through that day")
  func asOf() async throws {
    let part = try await PartMaker.shared.copy(.asOf)
    try await withLateLedger { ledger, folder in
      let day = try #require(LedgerDate("2025-03-04"))
      _ = try await ledger.asOf(day).export(to: folder.file("pack"))
      let found = try PackCopy(of: folder.file("pack"))
      #expect(try found.names == part.names)
      for name in try part.names { #expect(try found.bytes(name) == part.bytes(name), "\(name)") }
    }
  }

  @Test("What no pack can be of is said")
  func unknown() async throws {
    try await withPackedLedger { ledger, folder in
      var (office, dispute, both) = (PackSelection(), PackSelection(), PackSelection())
      office.offices = ["HARBIN", "NOWHERE"]
      dispute.dispute = "none"
      (both.dispute, both.offices) = ("QD-2025-0101", ["QINGDAO"])
      for (selection, reason) in [
        (office, "There is no office 'NOWHERE'"), (dispute, "There is no dispute 'none'"),
        (both, "A dispute's pack has all of its events"),
      ] {
        let error = await #expect(throws: PackError.self) {
          _ = try await ledger.export(to: folder.file("pack"), selecting: selection)
        }
        #expect(error?.code == .unknown && error?.message.hasPrefix(reason) == true)
        #expect(folder.contents == [])
      }
    }
  }

  @Test(
    "Packs of a part and whole ones can be the older and the newer",
    arguments: [PackPart.office, .dispute, .period, .asOf])
  func against(part: PackPart) async throws {
    let pack = try await PartMaker.shared.copy(part)
    try await withLateLedger { ledger, folder in
      _ = try await ledger.export(to: folder.file("older"))
      let older = try PackCopy(of: folder.file("older"))
      #expect(try pack.verify(against: older.path).findings == [])
      #expect(try older.verify(against: pack.path).findings == [])
      var heads = try PackJSON.read(older.bytes(PackManifest.name), as: PackManifest.self).heads
      heads[1] = PackManifest.Head(
        office: heads[1].office, sequence: 3, hash: String(repeating: "0", count: 64))
      try older.edit(heads: heads) { $0.files }
      #expect(try pack.verify(against: older.path).findings.map(\.kind) == [.prefix])
    }
  }
}
