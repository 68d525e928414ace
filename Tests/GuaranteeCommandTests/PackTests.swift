import Foundation
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
          == "Everything fits: 89 events, 88 entries, 0 seals.\n")
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
        damaged.errors == "guarantee: The pack is not as it was written: keep it, and ask for it anew.\n")

      let none = try program.run(["verify", folder.path])
      #expect(none.exitCode == 65)
      #expect(none.errors.hasPrefix("guarantee: There is no audit pack in '\(folder.path)': manifest.json: "))
    }
  }
}
