import Foundation
import TestSupport
import Testing

@testable import GuaranteeCommand

@Suite("Audit packs on the command line")
struct PackCommandTests {
  @Test(
    "A pack that is written is whole; one that is damaged is said where, with 1; none is said to be none, with 65"
  )
  func story() async throws {
    try await withLedger(StartingLedger.examples) { program in
      let folder = try TemporaryFolder()
      let pack = folder.file("pack")
      let said = try program.output("export", pack)
      #expect(said.hasPrefix("\(pack): 89 events, 88 entries, 22 accounts, 6 disputes; "))
      #expect(try program.output("verify", pack) == "kind,file,line,count,reason\n")
      #expect(
        try program.output("verify", pack, "-O", "table")
          == """
          Everything fits: 89 events, 88 entries, 0 seals.
          89 of its events are under no seal and in no older pack that was given: nothing but this pack says that they \
          are as they were recorded.

          """)
      #expect(
        try program.output("verify", pack, "--against", pack, "-O", "table")
          == "Everything fits: 89 events, 88 entries, 0 seals.\n")
      let unsigned = try program.run(["verify", pack, "--key", String(repeating: "0", count: 32)])
      #expect(unsigned.exitCode == 1 && unsigned.output.contains("seals,seals.csv,,1,"))
      #expect(
        try program.output("verify", pack, "--against", pack, "-O", "json").count(where: { $0 == "{" }) == 0)

      let again = try program.run(["export", pack])
      #expect(again.exitCode == 64)
      #expect(
        again.errors
          == "guarantee: There is something at '\(pack)' already. Name a folder that is not there yet.\n")

      let lots = try String(contentsOfFile: pack + "/lots.csv", encoding: .utf8)
      try lots.replacingOccurrences(of: ",confiscated,", with: ",released,")
        .write(toFile: pack + "/lots.csv", atomically: false, encoding: .utf8)
      let damaged = try program.run(["verify", pack, "-O", "csv"])
      #expect(damaged.exitCode == 1)
      let lines = damaged.output.split(separator: "\n").dropFirst()
      #expect(lines.first?.hasPrefix("files,lots.csv,,1,\"the file is not as it was written") == true)
      #expect(
        lines.contains(
          "stages,lots.csv,5,1,state of 'QD-2025-0106 1' is 'released' and should be 'confiscated'"))
      #expect(
        damaged.errors.hasSuffix(
          "guarantee: The pack is not as it was written: keep it, and ask for it anew.\n"))

      let none = try program.run(["verify", folder.path])
      #expect(none.exitCode == 65)
      #expect(none.errors.hasPrefix("guarantee: There is no audit pack in '\(folder.path)': manifest.json: "))
    }
  }

  @Test("A pack of a part says what it leaves out, and its proof what it can't prove")
  func parts() async throws {
    try await withLedger(StartingLedger.examples) { program in
      let folder = try TemporaryFolder()
      let pack = folder.file("pack")
      let said = try program.output(
        "export", pack, "--dispute", "QD-2025-0101", "--standard", "ads", "--excel")
      #expect(said.hasPrefix("\(pack): 40 events, 54 entries, 9 accounts, 1 disputes; "))
      #expect(said.hasSuffix("\nOf 49 other events it has the hashes.\n"))
      let limits = [
        "This pack is of dispute QD-2025-0101 alone.",
        "It can't show that no other event of dispute QD-2025-0101 was left out.",
      ]
      let table = try program.output("verify", pack, "-O", "table")
      #expect(
        table.hasPrefix(
          "Everything fits: 40 events, 54 entries, 0 seals.\n\(limits.joined(separator: "\n"))\n"))
      let csv = try program.run(["verify", pack, "-O", "csv"])
      #expect(csv.output == "kind,file,line,count,reason\n" && csv.exitCode == 0)
      #expect(csv.errors.hasPrefix(limits.map { "guarantee: \($0)\n" }.joined()))
      #expect(FileManager.default.fileExists(atPath: pack + "/ads/GL_Detail.csv"))
      #expect(FileManager.default.fileExists(atPath: pack + "/excel/events.csv"))
    }
  }

  @Test("What no pack can be of is said")
  func impossible() async throws {
    try await withLedger(StartingLedger.examples) { program in
      let folder = try TemporaryFolder()
      let pack = folder.file("pack")
      for (options, code, reason) in [
        (["--office", "NOWHERE"], 1 as Int32, "There is no office 'NOWHERE' that a pack could be of."),
        (["--dispute", "none"], 1, "There is no dispute 'none' that a pack could be of."),
        (["--dispute", "QD-2025-101"], 1, "that a pack could be of. Did you mean 'QD-2025-0101'"),
        (["--office", "QINDAO"], 1, "that a pack could be of. Did you mean 'QINGDAO'?"),
        (["--dispute", "QD-2025-0101", "--office", "QINGDAO"], 64, "A dispute's pack has all of its events"),
        (["--as-of", "2025-03-01", "--to", "2025-03-01"], 64, "--as-of and --to both end the period"),
        (["--from", "2025-03-02", "--as-of", "2025-03-01"], 1, "The period ends before it begins"),
        (["--as-of", "2999-01-01"], 64, "The day 2999-01-01 has not come yet."),
        (["--standard", "saf-t"], 64, "It is one of ads."),
      ] {
        let run = try program.run(["export", pack] + options)
        #expect(run.exitCode == code, "\(options): \(run.errors)")
        #expect(run.errors.contains(reason), "\(options): \(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: pack))
      }
    }
  }
}
