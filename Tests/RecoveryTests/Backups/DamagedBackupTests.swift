import Crypto
import Foundation
import GuaranteeLedger
import ReferenceLedger
import TestSupport
import Testing

@Suite("Backups that are torn, damaged or somebody else's", .heavy)
struct DamagedBackupTests {
  /// A backup, as bytes.
  private static func withBackup(
    _ body: (_ bytes: [UInt8], _ folder: TemporaryFolder, _ empty: String) async throws -> Void
  ) async throws {
    try await TemporaryServer.shared.withDatabase(template: ToldLedger.examples) { url in
      try await TemporaryServer.shared.withDatabase { empty in
        let folder = try TemporaryFolder()
        try await Program.ledger(url).mustRun("backup", folder.file("whole"))
        try await body(Array(Data(contentsOf: URL(fileURLWithPath: folder.file("whole")))), folder, empty)
      }
    }
  }

  private static func code(of bytes: [UInt8], in folder: TemporaryFolder) throws -> BackupError.Code? {
    let path = folder.file("damaged")
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    do throws(BackupError) {
      _ = try BackupFile(path: path)
      return nil
    } catch {
      return error.code
    }
  }

  @Test("Not one byte can be other, and none be missing")
  func bytes() async throws {
    try await Self.withBackup { bytes, folder, _ in
      let whole = try Self.code(of: bytes, in: folder)
      #expect(whole == nil)
      var random = SplitMix64(seed: RecoveryPlan.seed)
      let rounds = RecoveryPlan.isLong ? 400 : 20
      for round in 0..<rounds {
        let place =
          round < 4
          ? [0, bytes.count - 1, bytes.count - 70, bytes.count - 100][round] : random.below(bytes.count)
        var damaged = bytes
        damaged[place] ^= 1 << UInt8(random.below(8))
        let found = try Self.code(of: damaged, in: folder)
        #expect(found != nil, "byte \(place) of \(bytes.count)")
        let cut = round == 0 ? bytes.count - 1 : random.below(bytes.count)
        let foundTorn = try Self.code(of: Array(bytes[..<cut]), in: folder)
        #expect(foundTorn == .damaged, "cut to \(cut)")
      }
      print("backup of \(bytes.count) bytes, seed \(RecoveryPlan.seed): \(2 * rounds) damages, all found")
    }
  }

  @Test("The program says so, and nothing is restored")
  func program() async throws {
    try await Self.withBackup { bytes, folder, empty in
      let dump = Program(path: "/usr/bin/env")
      try await dump.mustRun("pg_dump", "-Fc", "--dbname=\(empty)", "--file=\(folder.file("foreign"))")
      let files: [(name: String, bytes: [UInt8]?, says: String)] = [
        ("torn", Array(bytes.dropLast(1000)), "is no whole backup"),
        ("other", bytes.map { $0 == 65 ? 66 : $0 }, "another hash"),
        ("empty", [], "is no whole backup"), ("foreign", nil, "is no whole backup"),
        ("missing", nil, "can't be read"),
        (".", nil, "is no file"),
      ]
      for (name, content, says) in files {
        if let content { try Data(content).write(to: URL(fileURLWithPath: folder.file(name))) }
        let run = try await Program.ledger(empty).run(["restore", folder.file(name)])
        #expect(run.exitCode == 65 && run.errors.contains(says), "\(name): \(run.errors)")
        #expect(try await ToldLedger.isEmpty(empty))
      }
    }
  }

  @Test("What the archive gives is compared, table by table, before anybody sees it")
  func forged() async throws {
    try await Self.withBackup { bytes, folder, empty in
      // Somebody who changes what the backup says of a table, and mends the hash of all.
      let lastLine = 19 + 10 + 1 + 64 + 1
      var forged = bytes.dropLast(lastLine)
      let name = Array("\"name\":\"account\",\"rows\":".utf8)
      let place = try #require(forged.firstRange(of: name)?.upperBound)
      forged[place] = forged[place] == UInt8(ascii: "9") ? UInt8(ascii: "8") : forged[place] + 1
      let digest = SHA256.hash(data: Data(forged)).map { String(format: "%02x", $0) }.joined()
      let head = bytes.suffix(lastLine).prefix(30)
      try Data(forged + head + Array("\(digest)\n".utf8)).write(
        to: URL(fileURLWithPath: folder.file("forged")))
      let run = try await Program.ledger(empty).run(["restore", folder.file("forged")])
      #expect(run.exitCode == 1 && run.errors.contains("the table account is another one"), "\(run.errors)")
      #expect(try await ToldLedger.isEmpty(empty))
      try await Program.ledger(empty).mustRun("restore", folder.file("whole"))
    }
  }

  @Test("A backup of a newer program is refused with what to do")
  func newer() async throws {
    try await Self.withBackup { bytes, folder, empty in
      let text = Array("\"schema\":\"0".utf8)
      let lastLine = 19 + 10 + 1 + 64 + 1
      var newer = bytes.dropLast(lastLine)
      let place = try #require(newer.firstRange(of: text)?.upperBound)
      newer[place - 1] = UInt8(ascii: "9")
      let digest = SHA256.hash(data: Data(newer)).map { String(format: "%02x", $0) }.joined()
      let head = bytes.suffix(lastLine).prefix(30)
      try Data(newer + head + Array("\(digest)\n".utf8)).write(to: URL(fileURLWithPath: folder.file("newer")))
      let run = try await Program.ledger(empty).run(["restore", folder.file("newer")])
      #expect(run.exitCode == 69 && run.errors.contains("use a program as new as that"), "\(run.errors)")
      #expect(try await ToldLedger.isEmpty(empty))
    }
  }
}
