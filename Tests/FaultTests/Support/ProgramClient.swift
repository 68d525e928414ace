import Foundation
import GuaranteeLedger
import Synchronization
import TestSupport

/// `guarantee record` as a process of its own for each call, and as people use it: when it was stopped or failed, the
/// same file is recorded again.
final class ProgramClient: RecordingClient {
  private let database: String
  private let mode: String
  private let running = Mutex<[ProgramRun]>([])

  /// - Parameter mode: `--each`, or `--atomic` when nothing is to be recorded unless all is.
  init(_ database: String, mode: String = "--each") {
    self.database = database
    self.mode = mode
  }

  func record(_ intents: [Intent], deadline: Duration) async -> [Told] {
    let rows = intents.map(\.row).joined()
    var told: [Told?] = intents.map { _ in nil }
    while !Task.isCancelled {
      guard let run = try? await run(Intent.header + rows) else { continue }
      let said = run.results
      for (index, intent) in intents.enumerated() {
        guard let result = said[intent.event().key] else { continue }
        let now = Told(result)
        // What was once said to be recorded has to stay so.
        told[index] = told[index]?.claimsRecorded == true && now == .replayed ? told[index] : now
      }
      // 1: something was refused.
      if run.exitCode == 0 || run.exitCode == 1 { break }
    }
    return told.map { $0 ?? .misaddressed("nothing was said of it") }
  }

  /// One run of the program with an event file on its standard input.
  func run(_ file: String) async throws -> ProgramRun {
    let program = try ProgramRun(["record", mode, "-O", "csv", "-"], input: file, database: database)
    running.withLock { $0.append(program) }
    defer { running.withLock { $0.removeAll { $0 === program } } }
    return try await blocking { program.waited() }
  }

  /// Kills all runs there are, as they are.
  func killAll() {
    for program in running.withLock({ $0 }) { program.kill() }
  }

  /// Sends all runs there are a signal.
  func signalAll(_ signal: Int32) {
    for program in running.withLock({ $0 }) { program.signal(signal) }
  }

  /// Kills a run that has begun to talk with the server, if there comes one.
  func killOne() async throws {
    try await until {
      let program = running.withLock { $0 }.first(where: \.hasSocket)
      return program?.kill() ?? false
    }
  }
}

extension Told {
  /// By the word that the program prints.
  init(_ result: String) {
    switch result {
    case "recorded", "pending": self = .recorded
    case "replayed": self = .replayed
    case "not_recorded": self = .notRecorded(.database)
    default: self = .refused(RefusalCode(rawValue: result))
    }
  }
}

extension Intent {
  static let header = "key,on,event,office,guarantor,currency,amount,reference\n"

  /// The row of an event file.
  var row: String {
    let event = event()
    let fields = ["office", "guarantor", "currency", "amount", "reference"].map { event.fields[$0] ?? "" }
    return ([event.key, event.on, event.name] + fields).joined(separator: ",") + "\n"
  }
}
