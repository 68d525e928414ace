import FoundationEssentials
import GuaranteeLedger

/// The built program writing and proving an audit pack of a ledger with closed books and a seal.
enum AuditPacks {
  static func measure(_ bench: Bench) async throws {
    let program = try BuiltProgram.guarantee
    let workload = Workload(events: bench.plan.packedEvents)
    let folder = bench.server.folder + "/packs"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await bench.server.withLedger { connectionString in
      try await BatchRecording.record(workload, connections: 2, in: connectionString)
      try await close(workload, in: connectionString)
      try await bench.server.settle()
      let pack = folder + "/pack"
      let place = ["--database", connectionString]
      try measureExport(bench, program, to: pack, connectionString)
      let export = try program.run(["export", folder + "/other"] + place, watchesMemory: true)
      let events = "\(workload.count) events"
      bench.report(
        Figure("export of \(events), peak memory", .memory(bytes: export.peakBytes), goal: MemoryGoal.program)
      )
      try measureVerify(bench, program, pack)
      let verify = try program.run(["verify", pack], watchesMemory: true)
      bench.report(
        Figure("verify of \(events), peak memory", .memory(bytes: verify.peakBytes), goal: MemoryGoal.program)
      )
    }
  }

  /// Closes the books of every office three times, and seals the journal.
  private static func close(_ workload: Workload, in connectionString: String) async throws {
    let ledger = try await Ledger.open(connectionString)
    for days in [130, 260, 390] {
      let closings = (0..<Workload.officeCount).map { office in
        Event(
          key: "close-\(office)-\(days)", on: Day.text(Day.firstDispute + days), name: "close_period",
          fields: ["office": Workload.office(office)])
      }
      for result in try await ledger.record(closings) { try result.requireRecorded() }
    }
    _ = try await ledger.seal(with: SealingKey())
    await ledger.close()
  }

  /// In turns with psql, which copies the same rows into files; the best of each is what the work takes.
  private static func measureExport(
    _ bench: Bench, _ program: ExternalProgram, to pack: String, _ connectionString: String
  ) throws {
    let script = pack + ".sql"
    let copies = try AuditPack.queries().map {
      "\\copy (\($0.query)) to '\($0.file)' (format csv, header true)"
    }
    guard
      FileManager.default.createFile(
        atPath: script, contents: Data((["\\set ON_ERROR_STOP on"] + copies).joined(separator: "\n").utf8))
    else { throw BenchmarkError("\(script) could not be written.") }
    let copied = pack + ".copied"
    try FileManager.default.createDirectory(atPath: copied, withIntermediateDirectories: true)
    var (exporting, copying): ([Duration], [Duration]) = ([], [])
    for turn in 0..<bench.plan.turns {
      let psql = try bench.server.programs.psql.running(in: copied).run(
        ["-X", "-q", "-d", connectionString, "-f", script])
      copying.append(psql.duration)
      if turn > 0 { try FileManager.default.removeItem(atPath: pack) }
      exporting.append(try program.run(["export", pack, "--database", connectionString]).duration)
    }
    let bytes = try size(of: copied)
    func rate(_ durations: [Duration]) -> Quantity {
      .rate(bytes / 1_000_000, of: "MB", in: durations.min() ?? .zero)
    }
    bench.report(
      Figure(
        "export of \(bytes / 1_000_000) MB", rate(exporting),
        against: ("psql \\copy of the same rows", rate(copying)),
        goal: .ratioAtLeast(0.8)))
  }

  /// In turns with sha256sum of the same files; by the processors' time, since both do nothing but work.
  private static func measureVerify(_ bench: Bench, _ program: ExternalProgram, _ pack: String) throws {
    let sums = ExternalProgram(path: "sha256sum").running(in: pack)
    var (verifying, summing): ([Duration], [Duration]) = ([], [])
    for _ in 0..<bench.plan.turns {
      summing.append(
        try sums.run(["--check", "--quiet", "SHA256SUMS"]).processorTime)
      verifying.append(try program.run(["verify", pack]).processorTime)
    }
    bench.report(
      Figure(
        "verify, processor time", .time(verifying.min() ?? .zero),
        against: ("sha256sum of the same files", .time(summing.min() ?? .zero)), goal: .ratioAtMost(8)))
  }

  private static func size(of folder: String) throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: folder).reduce(0) { sum, name in
      let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)
      guard let size = attributes[.size] as? any BinaryInteger else {
        throw BenchmarkError("\(folder)/\(name) has no size.")
      }
      return sum + Int(size)
    }
  }
}
