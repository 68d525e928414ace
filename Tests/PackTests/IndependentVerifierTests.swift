import Foundation
import Testing

@testable import GuaranteeLedger

@Suite("A verifier in another language, written from the documentation")
struct IndependentVerifierTests {
  @Test("It agrees on the heads of the chains and the totals of the balances")
  func agrees() async throws {
    let pack = try await PackMaker.shared.copy()
    let manifest = try PackJSON.read(pack.bytes(PackManifest.name), as: PackManifest.self)
    let roots = try pack.records("seals.csv").dropFirst().map { record in
      PackCopy.cells(of: record).map { String(decoding: $0, as: UTF8.self) }
    }
    let closings = try pack.records("closings.csv").dropFirst().map { record in
      record.dropLast().split(separator: UInt8(ascii: ",")).map { String(decoding: $0, as: UTF8.self) }
    }.map { [$0[0], $0[1], $0[$0.count - 1]] }
    let wanted =
      roots.map { "root,\($0[0]),\($0[4])" }
      + closings.map { "closing,\($0[0]),\($0[1]),\($0[2])" }
      + manifest.heads.map { "head,\($0.office),\($0.sequence),\($0.hash ?? "")" }
      + manifest.totals.map { "total,\($0.ledger),\($0.currency),\($0.debit),\($0.credit)" }
    let (output, code) = try run(pack)
    #expect(output.split(separator: "\n").map(String.init) == wanted)
    #expect(wanted.count == 9)
    #expect(code == 0)
  }

  @Test(
    "It finds what was changed as well",
    arguments: ["events.csv", "entries.csv", "accounts.csv", "closing_balances.csv"])
  func finds(table: String) async throws {
    let pack = try await PackMaker.shared.copy()
    let records = try pack.records(table)
    try pack.write(Array(records[..<3] + records[4...]), to: table)
    #expect(!pack.found().isEmpty)
    #expect(try run(pack).code == 1)
  }

  @Test("It takes no link for a file or folder of the pack", arguments: ["lots.csv", "rules"])
  func links(name: String) async throws {
    let (pack, other) = (try await PackMaker.shared.copy(), try await PackMaker.shared.copy())
    try FileManager.default.removeItem(atPath: "\(pack.path)/\(name)")
    try FileManager.default.createSymbolicLink(
      atPath: "\(pack.path)/\(name)", withDestinationPath: "\(other.path)/\(name)")
    #expect(try run(pack).code == 1)
    #expect(pack.found().contains(.files))
  }

  @Test(
    "It agrees on packs of a part as well, and finds what was changed in them", arguments: PackPart.allCases)
  func parts(part: PackPart) async throws {
    let pack = try await PartMaker.shared.copy(part)
    let manifest = try PackJSON.read(pack.bytes(PackManifest.name), as: PackManifest.self)
    let heads = manifest.heads.map { "head,\($0.office),\($0.sequence),\($0.hash ?? "")" }
    let (output, code) = try run(pack)
    #expect(
      output.split(separator: "\n").filter { $0.hasPrefix("head,") }.map(String.init) == heads)
    #expect(code == 0)
    for table in ["events.csv", "entries.csv", "accounts.csv", "chain.csv"] {
      let records = try pack.records(table)
      guard records.count > 2 else { continue }
      try pack.write(Array(records[..<2] + records[3...]), to: table)
      #expect(try run(pack).code == 1, "\(table)")
      try pack.write(records, to: table)
    }
  }

  private func run(_ pack: PackCopy) throws -> (output: String, code: Int32) {
    let run = try ProgramRun("python3", [Auditors.script("verify_pack.py"), pack.path])
    return (run.output, run.code)
  }
}
