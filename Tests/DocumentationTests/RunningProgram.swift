import Foundation
import Testing

/// A program that runs beside the test: what it is told and what it says, line by line.
final class RunningProgram {
  private let process = Process()
  private let input = Pipe()
  private var lines: AsyncStream<String>.Iterator
  private let exit: AsyncStream<Int32>
  /// All that it has said so far.
  private(set) var said: [String] = []

  init(_ path: String, environment: [String: String]) throws {
    let output = Pipe()
    let (lines, said) = AsyncStream.makeStream(of: String.self)
    let (exit, ended) = AsyncStream.makeStream(of: Int32.self)
    self.lines = lines.makeAsyncIterator()
    self.exit = exit
    process.executableURL = URL(fileURLWithPath: path)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = input
    process.standardOutput = output
    process.terminationHandler = {
      ended.yield($0.terminationStatus)
      ended.finish()
    }
    try process.run()
    Thread.detachNewThread {
      var rest = Data()
      while case let data = output.fileHandleForReading.availableData, !data.isEmpty {
        rest += data
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          said.yield(String(decoding: rest[..<end], as: UTF8.self))
          rest = rest[rest.index(after: end)...]
        }
      }
      said.finish()
    }
  }

  func tell(_ lines: String...) throws {
    try input.fileHandleForWriting.write(contentsOf: Data(lines.map { $0 + "\n" }.joined().utf8))
  }

  /// Waits until it has said each of these, in any order; fails when it ends before.
  func hear(_ wanted: String..., sourceLocation: SourceLocation = #_sourceLocation) async {
    var missing = wanted.filter { !said.contains($0) }
    while !missing.isEmpty {
      guard let line = await lines.next(isolation: #isolation) else {
        Issue.record("It ended without \(missing), having said \(said)", sourceLocation: sourceLocation)
        return
      }
      said.append(line)
      missing.removeAll { $0 == line }
    }
  }

  /// Ends its input.
  func hangUp() throws { try input.fileHandleForWriting.close() }

  /// Asks it to end, as a service manager does.
  func terminate() { process.terminate() }

  /// How it ended.
  func exitCode() async -> Int32? {
    while let line = await lines.next(isolation: #isolation) { said.append(line) }
    return await exit.first { _ in true }
  }
}
