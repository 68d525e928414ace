import Foundation
import TestSupport
import Testing

@Suite("The demo")
struct DemoTests {
  @Test("A case is told to its end, and nothing of it is left")
  func toldToItsEnd() throws {
    let folder = try TemporaryFolder()
    let run = try BuiltProgram(environment: ["TMPDIR": folder.path, "HOME": folder.path]).run(["demo"])
    #expect(run.exitCode == 0 && run.errors.isEmpty)
    let text = run.output.replacing(/\/guarantee-demo-[a-z0-9]+/, with: "/guarantee-demo-…")
      .replacingOccurrences(of: folder.path, with: "/tmp")
    try Golden.expect(text, is: "demo.txt")
    #expect(folder.contents == [])
  }

  @Test("Its events are an event file in which one row is refused")
  func events() async throws {
    try await withLedger { program in
      let events = try program.output("demo", "--events")
      let run = try program.run(["record", "--each", "-"], input: events)
      #expect(run.exitCode == 1 && run.errors.hasSuffix(", refused 1.\n"))
    }
  }

  @Test("Interrupted, it takes everything away too")
  func interrupted() throws {
    let folder = try TemporaryFolder()
    let program = BuiltProgram(environment: ["TMPDIR": folder.path, "HOME": folder.path])
    let line =
      "'\(BuiltProgram.path)' demo > '\(folder.file("out"))' & p=$!; "
      + "until grep -q 'Customs at' '\(folder.file("out"))' || ! kill -0 $p; do sleep 0.02; done; "
      + "kill -INT $p; wait $p; echo $?"
    #expect(try program.shell(line) == "130\n")
    #expect(folder.contents == ["out"])
  }
}
