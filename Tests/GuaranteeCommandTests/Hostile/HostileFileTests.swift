import Foundation
import TestSupport
import Testing

@Suite("Files that mean to fill the memory or to keep the program busy", .serialized)
struct HostileFileTests {
  /// What the product promises.
  private static let mostMegabytes = 64
  /// A build for tests is slower by a factor of ten than the one that people use.
  private static let mostSeconds = 60.0

  private func write(_ file: HostileFile, into folder: String) throws -> String {
    let path = folder + "/" + file.name
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    for (text, count) in file.pieces {
      let together = max(1, 1_000_000 / max(1, text.utf8.count))
      let piece = Data(String(repeating: text, count: min(together, count)).utf8)
      for _ in 0..<(count / together) { try handle.write(contentsOf: piece) }
      try handle.write(contentsOf: Data(String(repeating: text, count: count % together).utf8))
    }
    try handle.close()
    return path
  }

  private func expectLittle(
    _ measured: BuiltProgram.Measured, _ what: String, exitCodes: Set<Int32>
  ) {
    let run = measured.run
    print(
      "HostileFileTests: \(what): \(measured.peakMegabytes) MB, \(String(format: "%.1f", measured.seconds)) s"
    )
    #expect(exitCodes.contains(run.exitCode), "\(what): \(run.exitCode) \(run.errors.prefix(300))")
    #expect(measured.peakMegabytes < Self.mostMegabytes, "\(what)")
    #expect(measured.seconds < Self.mostSeconds, "\(what)")
    #expect(run.errors.utf8.count < 4_000, "\(what)")
  }

  @Test("Bank statements", arguments: HostileFile.statements)
  func statements(_ file: HostileFile) throws {
    let folder = try TemporaryFolder()
    let path = try write(file, into: folder.path)
    // What can be read as a statement is read before the database is asked for, which isn't there.
    let arguments = [
      "bank", "import", "--database", "host=/nowhere", "--office", "X", "--currency", "CNY", "--account", "1",
    ]
    expectLittle(try BuiltProgram().measured(arguments + [path]), "bank \(file)", exitCodes: [65, 69])
  }

  @Test("Event files")
  func events() async throws {
    try await withLedger { program in
      for file in HostileFile.events {
        let folder = try TemporaryFolder()
        let path = try write(file, into: folder.path)
        expectLittle(try program.measured(["record", path]), "record \(file)", exitCodes: [1, 65])
      }
    }
  }

  @Test("Packs, and what stands in a receipt's, a layout's, a key's and the profiles' place")
  func packs() async throws {
    try await withLedger(StartingLedger.decided) { program in
      let kept = try TemporaryFolder()
      #expect(try program.run(["export", kept.file("pack")]).exitCode == 0)
      for (number, file) in HostileFile.packed.enumerated() {
        let folder = try TemporaryFolder()
        try FileManager.default.copyItem(atPath: kept.file("pack"), toPath: folder.file("pack"))
        _ = try write(file, into: folder.file("pack"))
        let measured = try program.measured(["verify", folder.file("pack")])
        expectLittle(measured, "pack \(number) \(file)", exitCodes: [1, 65])
      }
      let folder = try TemporaryFolder()
      for file in HostileFile.packed where file.name == "manifest.json" {
        let path = try write(file, into: folder.path)
        expectLittle(try program.measured(["verify", path]), "receipt", exitCodes: [65])
        let layout = ["bank", "import", "--office", "X", "--layout", path, path]
        expectLittle(try program.measured(layout), "layout", exitCodes: [65])
        expectLittle(try program.measured(["seal", "--key", path]), "key", exitCodes: [65, 77])
      }
    }
  }

  @Test("A pipe or a device in a small file's place keeps nobody waiting")
  func pipes() throws {
    let folder = try TemporaryFolder()
    #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
    try FileManager.default.createDirectory(
      atPath: folder.file("guarantee"), withIntermediateDirectories: true)
    #expect(mkfifo(folder.file("guarantee/profiles.json"), 0o600) == 0)
    let program = BuiltProgram(environment: ["XDG_CONFIG_HOME": folder.path])
    for path in [folder.file("pipe"), "/dev/zero"] {
      expectLittle(try program.measured(["verify", path]), "verify \(path)", exitCodes: [65])
      expectLittle(try program.measured(["seal", "--key", path]), "key \(path)", exitCodes: [65, 77])
    }
    expectLittle(try program.measured(["profile", "list"]), "profiles", exitCodes: [64])
  }
}
