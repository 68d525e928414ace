import Foundation
import TestSupport

@testable import GuaranteeLedger

/// The programs that auditors open packs with, where they are installed.
enum Auditors {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../..").standardized.path

  /// The environment that `.ci/auditors` makes.
  private static var python: String { root + "/.build/auditors/bin/python" }

  static var haveEnvironment: Bool { FileManager.default.isExecutableFile(atPath: python) }

  static var haveSpreadsheet: Bool {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.contains { FileManager.default.isExecutableFile(atPath: $0 + "/soffice") }
  }

  /// Opens a pack with one of the programs.
  static func open(_ pack: PackCopy, with program: String) throws -> ProgramRun {
    try ProgramRun(python, [script("Interop/open_pack.py"), program, pack.path])
  }

  /// Opens what a pack has for spreadsheets.
  static func openWorkbook(_ pack: PackCopy) throws -> ProgramRun {
    let folder = try TemporaryFolder()
    return try ProgramRun("python3", [script("Interop/open_workbook.py"), pack.path, folder.path])
  }

  static func script(_ name: String) -> String { root + "/Tests/PackTests/" + name }
}

/// A program that was run to its end.
struct ProgramRun {
  let output: String
  let errors: String
  let code: Int32

  init(_ program: String, _ arguments: [String]) throws {
    let process = Process()
    let folder = try TemporaryFolder()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["PYTHONDONTWRITEBYTECODE=1", program] + arguments
    let files = try ["output", "errors"].map { name in
      let path = try folder.write("", to: name)
      return (path, try FileHandle(forWritingTo: URL(fileURLWithPath: path)))
    }
    process.standardOutput = files[0].1
    process.standardError = files[1].1
    try process.run()
    process.waitUntilExit()
    output = try String(contentsOfFile: files[0].0, encoding: .utf8)
    errors = try String(contentsOfFile: files[1].0, encoding: .utf8)
    code = process.terminationStatus
  }
}
