import Foundation
import TestSupport
import Testing

@Suite("Recording files with the program")
struct RecordTests {
  @Test("A file is recorded once, however often it is sent")
  func replay() async throws {
    try await withLedger { program in
      let file = offices([("K-1", "A"), ("K-2", "B")])
      let first = try program.output("record", "-", input: file)
      #expect(first == "key,result,message\nK-1,recorded,\nK-2,recorded,\n")
      let second = try program.output("record", "-", input: file)
      #expect(second == "key,result,message\nK-1,replayed,\nK-2,replayed,\n")
    }
  }

  @Test("All or nothing: with one refused row nothing is recorded, and every refused row is told")
  func atomic() async throws {
    try await withLedger { program in
      let bad = offices([("K-1", "A"), ("K-2", "A"), ("K-3", "B"), ("K-4", "A")])
      let run = try program.run(["record", "-"], input: bad)
      #expect(run.exitCode == 1)
      let results = run.output.split(separator: "\n").map {
        $0.split(separator: ",").prefix(2).joined(separator: " ")
      }
      #expect(
        results == ["key result", "K-1 not_recorded", "K-2 duplicate", "K-3 not_recorded", "K-4 duplicate"])
      #expect(run.errors == "guarantee: Nothing was recorded: 2 of 4 events were refused.\n")
      // A key that was not recorded is free.
      #expect(try program.output("record", "-", input: offices([("K-1", "C")])).contains("K-1,recorded"))
    }
  }

  @Test("All or nothing holds over several files and many batches")
  func atomicOverFiles() async throws {
    try await withLedger { program in
      let folder = try TemporaryFolder()
      let many = try folder.write(offices((1...4500).map { ("M-\($0)", "OFFICE-\($0)") }), to: "many.csv")
      let bad = try folder.write(offices([("L-1", "OFFICE-1")]), to: "bad.csv")
      let run = try program.run(["record", many, bad])
      #expect(run.exitCode == 1)
      #expect(run.output.split(separator: "\n").count == 4502)
      #expect(run.output.split(separator: "\n")[1...4500].allSatisfy { $0.hasSuffix(",not_recorded,") })
      let again = try program.output("record", many)
      #expect(again.split(separator: "\n").dropFirst().allSatisfy { $0.hasSuffix(",recorded,") })
    }
  }

  @Test("Row by row, what is right is recorded and what is refused can be mended and recorded again")
  func each() async throws {
    try await withLedger { program in
      let folder = try TemporaryFolder()
      let rejects = folder.file("rejects.csv")
      let bad = offices([("K-1", "A"), ("K-2", "A"), ("K-3", "B")])
      let run = try program.run(["record", "--each", "--rejects", rejects, "-"], input: bad)
      #expect(run.exitCode == 1)
      #expect(run.output.contains("K-1,recorded,\nK-2,duplicate,") && run.output.hasSuffix("K-3,recorded,\n"))
      let written = try folder.read("rejects.csv")
      #expect(
        written.hasPrefix(
          "key,on,event,office,zone,result,message\nK-2,2026-01-05,register_office,A,Z,duplicate,"))
      let mended = try folder.write(
        written.replacingOccurrences(of: ",A,Z,", with: ",C,Z,"), to: "mended.csv")
      #expect(
        try program.output("record", mended, "--rejects", rejects) == "key,result,message\nK-2,recorded,\n")
      #expect(folder.contents == ["mended.csv"])
    }
  }

  @Test("A dry run says the same and records nothing", arguments: ["--atomic", "--each"])
  func dryRun(_ mode: String) async throws {
    try await withLedger { program in
      let file = offices([("K-1", "A"), ("K-2", "B")])
      let run = try program.run(["record", mode, "--dry-run", "-"], input: file)
      #expect(run.exitCode == 0 && run.output == "key,result,message\nK-1,recorded,\nK-2,recorded,\n")
      #expect(run.errors == "guarantee: Dry run, nothing was recorded; of 2 events: recorded 2.\n")
      #expect(try program.output("record", "-", input: file).contains("K-1,recorded"))
    }
  }

  @Test("A row that cannot be read stops an all-or-nothing run before anything is recorded")
  func unreadableAtomic() async throws {
    try await withLedger { program in
      let torn = offices([("K-1", "A")]) + "K-2,2026-01-05\n"
      let run = try program.run(["record", "-"], input: torn)
      #expect(run.exitCode == 65 && run.output.isEmpty)
      #expect(run.errors.hasPrefix("guarantee: standard input, line 3: "))
      #expect(try program.output("record", "-", input: offices([("K-1", "A")])).contains("K-1,recorded"))
    }
  }

  @Test("Row by row, the rows around one that cannot be read are recorded, and it is named")
  func unreadableEach() async throws {
    try await withLedger { program in
      let torn = offices([("K-1", "A")]) + "K-2,2026-01-05\nK-3,2026-01-05,register_office,B,Z\nK-4,\"2026"
      let run = try program.run(["record", "--each", "-"], input: torn)
      #expect(run.exitCode == 65 && run.output == "key,result,message\nK-1,recorded,\nK-3,recorded,\n")
      let lines = run.errors.split(separator: "\n")
      #expect(lines.count == 2 && lines[0].contains("line 3") && lines[1].contains("line 5"))
    }
  }

  @Test("A file that is not there is named")
  func missingFile() async throws {
    try await withLedger { program in
      let run = try program.run(["record", "/nowhere/events.csv"])
      #expect(run.exitCode == 65 && run.errors.hasPrefix("guarantee: /nowhere/events.csv: "))
    }
  }

  @Test("On request people get a table of what was refused and a summary")
  func table() async throws {
    try await withLedger { program in
      let run = try program.run(
        ["record", "--each", "-O", "table", "-"], input: offices([("K-1", "A"), ("K-2", "A"), ("K-3", "B")]))
      #expect(run.exitCode == 1 && run.errors.isEmpty)
      let lines = run.output.split(separator: "\n")
      #expect(lines.count == 4 && lines[2].hasPrefix("standard input:3  K-2  duplicate"))
      #expect(lines[3] == "Of 3 events: recorded 2, refused 1.")
    }
  }

  @Test("A place where no rejects file can be made is said before anything is recorded")
  func rejectsPlace() async throws {
    try await withLedger { program in
      let folder = try TemporaryFolder()
      for place in [folder.path, folder.file("no/such/rejects.csv"), "/proc/rejects.csv"] {
        let run = try program.run(["record", "--rejects", place, "-"], input: offices([("K-1", "A")]))
        #expect(run.exitCode == 74 && run.output.isEmpty)
        #expect(run.errors.hasPrefix("guarantee: The rejects file '\(place)' could not be written: "))
      }
      #expect(try program.output("record", "-", input: offices([("K-1", "A")])).contains("K-1,recorded"))
      #expect(folder.contents.isEmpty)
    }
  }

  @Test("A program that is started without standard output writes nowhere else")
  func missingOutput() async throws {
    try await withLedger { program in
      let folder = try TemporaryFolder()
      let file = try folder.write(offices([("K-1", "A")]), to: "events.csv")
      #expect(try program.shell("'\(BuiltProgram.path)' record '\(file)' >&-; echo $? >&2") == "")
      #expect(try program.output("record", file).contains("K-1,replayed"))
    }
  }

  @Test("A reader that goes away keeps nothing from being recorded")
  func closedOutput() async throws {
    try await withLedger { program in
      let folder = try TemporaryFolder()
      let file = try folder.write(offices((1...5000).map { ("K-\($0)", "OFFICE-\($0)") }), to: "events.csv")
      let shell = "'\(BuiltProgram.path)' record --each '\(file)' | head -1; echo ${PIPESTATUS[0]}"
      #expect(try program.shell(shell) == "key,result,message\n0\n")
      #expect(try program.output("record", file).hasSuffix("K-5000,replayed,\n"))
    }
  }
}
