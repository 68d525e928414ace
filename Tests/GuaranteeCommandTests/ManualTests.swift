import ArgumentParser
import Foundation
import TestSupport
import Testing

@Suite("Manual pages")
struct ManualTests {
  @Test("There is a page for each command in both languages, which the formatter takes without a warning")
  func pages() throws {
    let folder = try TemporaryFolder()
    let program = BuiltProgram(environment: ["HOME": folder.path, "MANPATH": folder.path, "MANWIDTH": "80"])
    _ = try program.output("manual-pages", folder.path)
    for below in ["man1", "zh_CN/man1"] {
      let pages = try FileManager.default.contentsOfDirectory(atPath: folder.file(below))
      let wanted = HelpTests.commands.filter { $0.type.configuration.shouldDisplay }.map {
        (["guarantee"] + $0.words).joined(separator: "-") + ".1"
      }
      #expect(Set(pages) == Set(wanted))
      // All at once, since each start of the formatter takes its time.
      let warnings = try program.shell(
        "cd \(folder.file(below)) && groff -K utf8 -T utf8 -man -ww -rLL=78n *.1 2>&1 >/dev/null")
      #expect(warnings.isEmpty, "\(warnings.prefix(2000))")
    }
    for (language, words) in [
      ("C.UTF-8", ["guarantee-record - Records files of events", "SYNOPSIS", "--rejects", "guarantee(1)"]),
      ("zh_CN.UTF-8", ["名称", "用法", "--rejects"]),
    ] {
      let below = language == "C.UTF-8" ? "man1" : "zh_CN/man1"
      let shown = try program.shell(
        "export LC_ALL=C.UTF-8; man -E UTF-8 -l \(folder.file(below))/guarantee-record.1")
      for word in words {
        #expect(shown.replacing("‐", with: "-").contains(word), "\(word): \(shown.prefix(1500))")
      }
    }
  }
}
