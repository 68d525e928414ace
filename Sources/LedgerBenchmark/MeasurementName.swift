import ArgumentParser

/// What can be measured, as it is called on the command line, in the order of the table.
enum MeasurementName: String, CaseIterable, ExpressibleByArgument {
  case batches
  case copy
  case single
  case tasks
  case startUp = "start-up"
  case screens
  case firstStart = "first-start"
  case file
  case report
  case chain
  case pack
  case scale

  var meaning: String {
    switch self {
    case .batches: "recording in batches against pgbench"
    case .copy: "the same against COPY"
    case .single: "one event at a time against pgbench"
    case .tasks: "many tasks recording at once, in one process and in several, against pgbench"
    case .startUp: "the program's start against psql's"
    case .screens: "what a clerk waits for with a large ledger, against psql's start"
    case .firstStart: "a new private server against initdb and pg_ctl"
    case .file: "the program recording a file, and its memory"
    case .report: "the program's memory for long reports"
    case .chain: "recording with hashes and seals against recording without"
    case .pack: "export against psql, verify against sha256sum, and their memory"
    case .scale: "a large ledger against one of 100,000 entries"
    }
  }

  func measure(_ bench: Bench) async throws {
    switch self {
    case .batches: try await BatchRecording.measure(bench)
    case .copy: try await CopyFloor.measure(bench)
    case .single: try await SingleEvents.measure(bench)
    case .tasks: try await ConcurrentEvents.measure(bench)
    case .startUp: try await StartUp.measure(bench)
    case .screens: try await Screens.measure(bench)
    case .firstStart: try await FirstStart.measure(bench)
    case .file: try await FileRecording.measure(bench)
    case .report: try await LongReports.measure(bench)
    case .chain: try await ChainedRecording.measure(bench)
    case .pack: try await AuditPacks.measure(bench)
    case .scale: try await Scale.measure(bench)
    }
  }
}
