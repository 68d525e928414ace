import Foundation
import Testing

@testable import GuaranteeLedger

@Suite("Damage to a pack")
struct DamageTests {
  static let tables = PackTable.all(fields: []).map(\.file)

  // MARK: Bytes

  @Test("Every byte of every file, changed in turn, changes the file's hash")
  func everyByte() async throws {
    let pack = try await PackMaker.shared.copy()
    let manifest = try PackJSON.read(pack.bytes(PackManifest.name), as: PackManifest.self)
    let hashes = Dictionary(uniqueKeysWithValues: manifest.files.map { ($0.name, $0.sha256) })
    for name in try pack.names.filter({ $0 != PackManifest.name && $0 != PackManifest.sums }) {
      let bytes = try pack.bytes(name)
      let wanted = try #require(hashes[name])
      #expect(try Self.hash(name, of: pack) == wanted)
      let file = try FileHandle(forUpdating: URL(fileURLWithPath: pack.path + "/" + name))
      var unnoticed = 0
      for index in bytes.indices {
        for byte in [bytes[index] ^ 1 << UInt8(index % 8), bytes[index]] {
          if byte == bytes[index], try Self.hash(name, of: pack) == wanted { unnoticed += 1 }
          try file.seek(toOffset: UInt64(index))
          try file.write(contentsOf: [byte])
        }
      }
      try file.close()
      #expect(unnoticed == 0, "\(name)")
    }
    #expect(pack.found() == [])
  }

  private static func hash(_ name: String, of pack: PackCopy) throws -> String {
    try HashedFile(name, in: pack.path).finish()
  }

  @Test("Bytes all over a pack, changed, taken out and added, are found")
  func bytes() async throws {
    let pack = try await PackMaker.shared.copy()
    for name in try pack.names {
      let bytes = try pack.bytes(name)
      for part in 0..<4 {
        let index = (bytes.count - 1) * part / 3
        try RowDamage.expectByteFound(in: pack, name, bytes, at: index)
      }
      try pack.write(bytes, to: name)
    }
    #expect(pack.found() == [])
  }

  @Test(
    "A byte changed anywhere in the manifest or the sums is found",
    arguments: [PackManifest.name, PackManifest.sums])
  func manifest(name: String) async throws {
    let pack = try await PackMaker.shared.copy()
    var bytes = try pack.bytes(name)
    // The sums cover the manifest, so that looking at them is enough to find it.
    for index in stride(from: 0, to: bytes.count, by: 1 + bytes.count / 100) {
      bytes[index] ^= 1
      try pack.write(bytes, to: name)
      #expect(!pack.found().isEmpty, "byte \(index)")
      bytes[index] ^= 1
    }
  }

  @Test("A file that is missing, added, or in another's place is found")
  func files() async throws {
    let pack = try await PackMaker.shared.copy()
    for name in try pack.names {
      let bytes = try pack.bytes(name)
      try FileManager.default.removeItem(atPath: pack.path + "/" + name)
      #expect(!pack.found().isEmpty, "\(name)")
      try pack.write(bytes, to: name)
    }
    for name in ["more.csv", "rules/more.csv", ".hidden"] {
      try pack.write([UInt8](), to: name)
      #expect(pack.found() == [.files], "\(name)")
      try FileManager.default.removeItem(atPath: pack.path + "/" + name)
    }
    let (lots, parties) = (try pack.bytes("lots.csv"), try pack.bytes("parties.csv"))
    try pack.write(parties, to: "lots.csv")
    try pack.write(lots, to: "parties.csv")
    #expect(pack.found().contains(.format))
  }

  // MARK: Rows, with the manifest made to fit

  @Test("Every row taken out is found, whatever the manifest says", arguments: tables)
  func removed(table: String) async throws {
    try RowDamage.removed.expectFound(in: try await PackMaker.shared.copy(), table)
  }

  @Test("Every row doubled is found, whatever the manifest says", arguments: tables)
  func doubled(table: String) async throws {
    try RowDamage.doubled.expectFound(in: try await PackMaker.shared.copy(), table)
  }

  @Test("Every row changed for its neighbour is found, whatever the manifest says", arguments: tables)
  func swapped(table: String) async throws {
    try RowDamage.swapped.expectFound(in: try await PackMaker.shared.copy(), table)
  }

  @Test("Every kind of cell that is changed is found, whatever the manifest says", arguments: tables)
  func cells(table: String) async throws {
    let changed = try RowDamage.expectCellsFound(in: try await PackMaker.shared.copy(), table)
    #expect(changed >= 2)
  }

  @Test(
    "A posting, a transition or an account of the rules that is changed is found",
    arguments: [
      ("rules/postings.csv", "refund_funds,,guarantor_funds,bank\n", "refund_funds,,bank,guarantor_funds\n"),
      ("rules/postings.csv", "freeze,,counter_guarantee_held,counter_guarantee_frozen\n", ""),
      ("rules/transitions.csv", "dispute,detain,open,detained,\n", ""),
      ("rules/accounts.csv", "bank,cash,debit,", "bank,cash,credit,"),
      ("rules/currencies.csv", "CNY,2\n", "CNY,3\n"),
      ("rules/currencies.csv", "JPY,0\n", ""),
    ])
  func rules(file: String, before: String, after: String) async throws {
    let pack = try await PackMaker.shared.copy()
    let text = String(decoding: try pack.bytes(file), as: UTF8.self)
    #expect(text.contains(before))
    try pack.write(Array(text.replacingOccurrences(of: before, with: after).utf8), to: file)
    try pack.fit(file)
    #expect(!pack.found().subtracting([.files]).isEmpty)
  }
}
