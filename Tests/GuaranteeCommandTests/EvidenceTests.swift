import Foundation
import TestSupport
import Testing

@Suite("Seals, receipts and attempts with the program")
struct EvidenceTests {
  private struct Receipt: Decodable {
    let event: [String: String]
  }

  @Test("A key is its owner's alone; it seals once for what has come, and then there are receipts")
  func sealing() async throws {
    try await withLedger(StartingLedger.examples) { program in
      let folder = try TemporaryFolder()
      let (key, receipt) = (folder.file("seal.key"), folder.file("receipt.json"))
      let made = try program.output("seal-key", key, "-O", "csv")
      #expect(made.hasPrefix("key_id,public_key\n"))
      #expect(try FileManager.default.attributesOfItem(atPath: key)[.posixPermissions] as? Int == 0o600)
      let again = try program.run(["seal-key", key])
      #expect(again.exitCode == 65 && again.errors.contains("there is a file of that name"))
      let early = try program.run(["receipt", "nobody's"])
      #expect(early.exitCode == 1 && early.output.isEmpty && early.errors.contains("no receipt"))
      let sealed = try program.output("seal", "--key", key, "-O", "csv")
      #expect(sealed.hasPrefix("number,sealed_at,events,root,key_id,signature\n1,"))
      #expect(try program.output("seal", "--key", key, "-O", "csv").split(separator: "\n").count == 1)
      let listed = try program.output("report", "seals", "-O", "csv").split(separator: "\n")
      #expect(listed.count == 2 && listed[1].hasPrefix("1,"))
      let history = try program.output("dispute", "history", "QD-2025-0101", "-O", "json")
      let rows = try #require(try JSONSerialization.jsonObject(with: Data(history.utf8)) as? [[String: Any]])
      let eventKey = try #require(rows.first?["key"] as? String)
      #expect(try program.output("receipt", eventKey, receipt) == "")
      let text = try folder.read("receipt.json")
      #expect(try JSONDecoder().decode(Receipt.self, from: Data(text.utf8)).event["key"] == eventKey)
      #expect(try program.output("receipt", eventKey) == text)
    }
  }

  @Test("A key that others may read is not taken, nor is a file that is no key")
  func laxKeys() async throws {
    try await withLedger { program in
      let folder = try TemporaryFolder()
      let key = folder.file("seal.key")
      _ = try program.output("seal-key", key)
      for permissions in [0o644, 0o640, 0o604, 0o620] {
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: key)
        let run = try program.run(["seal", "--key", key])
        #expect(run.exitCode == 77 && run.errors.contains("chmod 600"), "\(run.errors)")
      }
      let other = try folder.write("key,on\n", to: "other")
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: other)
      #expect(try program.run(["seal", "--key", other]).exitCode == 65)
      #expect(try program.run(["seal", "--key", folder.file("none")]).exitCode == 65)
      #expect(try program.run(["seal", "--key", folder.path]).exitCode == 65)
    }
  }

  @Test("What was refused is listed, also of a run that recorded nothing, and not of a trial run")
  func attempts() async throws {
    try await withLedger { program in
      let bad = offices([("K-1", "A"), ("K-2", "A")])
      #expect(try program.run(["record", "--dry-run", "-"], input: bad).exitCode == 1)
      #expect(try program.output("report", "attempts", "-O", "csv").split(separator: "\n").count == 1)
      #expect(try program.run(["record", "-"], input: bad).exitCode == 1)
      #expect(try program.run(["record", "--each", "-"], input: bad).exitCode == 1)
      let listed = try program.output("report", "attempts", "-O", "json")
      let rows = try #require(try JSONSerialization.jsonObject(with: Data(listed.utf8)) as? [[String: Any]])
      let seen = rows.map { row in ["office", "key", "event", "result"].map { row[$0] as? String } }
      #expect(
        seen == [["", "K-2", "register_office", "duplicate"], ["A", "K-2", "register_office", "duplicate"]]
          || seen == [
            ["", "K-2", "register_office", "duplicate"], ["", "K-2", "register_office", "duplicate"],
          ])
      #expect(rows.map { $0["reported"] as? Bool } == [true, false])
      #expect(try program.output("check", "-O", "csv").split(separator: "\n").count == 1)
    }
  }
}
