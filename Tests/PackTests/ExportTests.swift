import Foundation
import LedgerTestSupport
import TestSupport
import Testing

@testable import GuaranteeLedger

@Suite("Writing a pack")
struct ExportTests {
  static let tables = PackTable.all(fields: []).map(\.name)

  @Test("A pack that was just written is whole, and has all that is in the ledger")
  func whole() async throws {
    let pack = try await PackMaker.shared.copy()
    let proof = try pack.verify()
    #expect(proof.findings.map(\.description) == [])
    #expect(proof.rows["events"] == 99)
    #expect(proof.heads == ["": 9, "QINGDAO": 83, "HARBIN": 7])
    #expect(Set(proof.rows.keys) == Set(Self.tables))
    #expect(proof.rows.values.allSatisfy { $0 > 0 })
    #expect(proof.rows["seals"] == 2)
    #expect(proof.rows["attempts"] == 4)
  }

  @Test("The same ledger gives the same bytes, and no half of a pack beside them")
  func sameBytes() async throws {
    try await withPackedLedger { ledger, folder in
      let summaries = [
        try await ledger.export(to: folder.file("a")), try await ledger.export(to: folder.file("b/")),
      ]
      #expect(summaries[0] == summaries[1])
      #expect(folder.contents == ["a", "b"])
      let names = try FileManager.default.subpathsOfDirectory(atPath: folder.file("a")).sorted()
      #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.file("b")).sorted() == names)
      for name in names where name != "rules" {
        let both = try ["a/", "b/"].map { try Data(contentsOf: URL(fileURLWithPath: folder.file($0 + name))) }
        #expect(both[0] == both[1], "\(name)")
      }
    }
  }

  @Test("An empty ledger makes a pack that is whole")
  func empty() async throws {
    let empty = DatabaseTemplate(name: "empty_pack") { _ = try await Ledger.migrate($0) }
    let folder = try TemporaryFolder()
    try await TemporaryServer.shared.withDatabase(template: empty) { connectionString in
      let ledger = try await Ledger.open(.patient(connectionString))
      _ = try await ledger.export(to: folder.file("pack"))
      await ledger.close()
    }
    #expect(try AuditPack(path: folder.file("pack")).verify().findings == [])
  }

  @Test("What is at the name already stays as it is; an empty folder gives its place")
  func occupied() async throws {
    try await withPackedLedger { ledger, folder in
      _ = try folder.write("x", to: "file")
      try FileManager.default.createDirectory(atPath: folder.file("full"), withIntermediateDirectories: true)
      _ = try folder.write("x", to: "full/x")
      try FileManager.default.createDirectory(atPath: folder.file("empty"), withIntermediateDirectories: true)
      for name in ["file", "full", "empty/.", "empty/.."] {
        let error = await #expect(throws: PackError.self) {
          _ = try await ledger.export(to: folder.file(name))
        }
        #expect(error?.code == .occupied)
      }
      _ = try await ledger.export(to: folder.file("empty"))
      #expect(folder.contents == ["empty", "file", "full"])
      #expect(try AuditPack(path: folder.file("empty")).verify().isWhole)
      await #expect(throws: PackError.self) { _ = try await ledger.export(to: folder.file("none/there")) }
    }
  }

  @Test("A pack that fails on its way leaves nothing behind", arguments: ["events.csv", "rules/events.csv"])
  func failing(name: String) async throws {
    struct Stopped: Error {}
    let folder = try TemporaryFolder()
    await #expect(throws: Stopped.self) {
      let pack = try PackFolder(folder.file("pack"))
      try pack.makeFolder("rules")
      _ = try await pack.write(name) { writer in
        try writer.write([1])
        #expect(folder.contents.allSatisfy { $0.hasPrefix("pack.partial-") })
        throw Stopped()
      }
    }
    #expect(folder.contents == [])
  }

  @Test("A connection lost on the way leaves nothing behind")
  func lostConnection() async throws {
    try await withPackedLedger { ledger, folder in
      await ledger.close()
      await #expect(throws: LedgerError.self) { _ = try await ledger.export(to: folder.file("pack")) }
      #expect(folder.contents == [])
    }
  }

  @Test("sha256sum finds the files as they were written")
  func sums() async throws {
    let pack = try await PackMaker.shared.copy()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["sha256sum", "--check", "--strict", "--quiet", PackManifest.sums]
    process.currentDirectoryURL = URL(fileURLWithPath: pack.path)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let listed = String(decoding: try pack.bytes(PackManifest.sums), as: UTF8.self).split(separator: "\n")
      .count
    #expect(try listed == pack.names.count - 1)
  }
}
