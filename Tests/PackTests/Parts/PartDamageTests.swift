import Foundation
import Testing

@testable import GuaranteeLedger

@Suite("Damage to packs of a part")
struct PartDamageTests {
  @Test(
    "Rows taken out, doubled and swapped are found, whatever the manifest says",
    arguments: PackPart.damagedTables
  )
  func rows(part: PackPart, table: String) async throws {
    let pack = try await PartMaker.shared.copy(part)
    for damage in RowDamage.allCases { try damage.expectFound(in: pack, table, every: RowDamage.step) }
  }

  @Test(
    "Every kind of cell that is changed is found, whatever the manifest says",
    arguments: PackPart.damagedTables)
  func cells(part: PackPart, table: String) async throws {
    // Since when a dispute was at the stage that it opens with, no event of the pack may tell.
    let unproved: Set = table == "opening_disputes.csv" ? ["stage_since"] : []
    _ = try RowDamage.expectCellsFound(in: try await PartMaker.shared.copy(part), table, but: unproved)
  }

  @Test("Rows and cells of what stands beside the tables are found, whatever the manifest says")
  func additions() async throws {
    let pack = try await PartMaker.shared.copy(.additions)
    for name in try pack.names where name.hasPrefix("ads/") || name.hasPrefix("excel/") {
      for damage in RowDamage.allCases { try damage.expectFound(in: pack, name, every: RowDamage.step) }
      _ = try RowDamage.expectCellsFound(in: pack, name)
    }
    try pack.write(Array("x\n1\n".utf8), to: "ads/more.csv")
    #expect(pack.found() == [.files])
  }

  @Test(
    "Bytes all over a pack, changed, taken out and added, are found",
    arguments: RowDamage.isLong ? PackPart.allCases : [.period, .additions])
  func bytes(part: PackPart) async throws {
    let pack = try await PartMaker.shared.copy(part)
    for name in try pack.names {
      let bytes = try pack.bytes(name)
      for index in Set(RowDamage.isLong ? [0, bytes.count / 2, bytes.count - 1] : [bytes.count / 2]) {
        try RowDamage.expectByteFound(in: pack, name, bytes, at: index)
      }
      try FileManager.default.removeItem(atPath: pack.path + "/" + name)
      #expect(!pack.found().isEmpty, "\(name)")
      try pack.write(bytes, to: name)
    }
    #expect(pack.found() == [])
  }

  @Test("A selection that the pack is not of is found", arguments: PackPart.allCases)
  func selection(part: PackPart) async throws {
    let pack = try await PartMaker.shared.copy(part)
    var other = part.selection
    switch part {
    case .office: other.offices = ["HARBIN"]
    case .dispute: other.dispute = "QD-2025-0102"
    case .period, .additions, .fromADay: other.from = LedgerDate("2025-03-09")
    case .asOf: other.through = LedgerDate("2025-03-03")
    case .officeInPeriod: other.through = LedgerDate("2025-03-06")
    }
    try pack.edit(selection: PackManifest.Selection(other)) { $0.files }
    #expect(pack.found().contains(.manifest) || pack.found().contains(.order))
    try pack.edit(selection: nil) { $0.files }
    #expect(!pack.found().isEmpty)
  }
}
