import Foundation
import GuaranteeLedger
import Logging
import ServiceLifecycle

/// Records a receipt for each line of standard input, many at once, and prints what became of it.
struct Desk: Service {
  let ledger: Ledger
  let logger: Logger

  func run() async {
    // Tasks that record at the same time share a batch, so each line may have its own.
    await withDiscardingTaskGroup { group in
      for await line in Self.lines.cancelOnGracefulShutdown() where !line.isEmpty {
        group.addTask { say(await record(line)) }
      }
    }
  }

  /// What became of a line, in a sentence.
  private func record(_ line: String) async -> String {
    do {
      guard let receipt = Receipt(line) else {
        return "\(line): give DAY KEY OFFICE GUARANTOR AMOUNT CURRENCY REFERENCE"
      }
      let result = try await ledger.record(receipt.event)
      switch result.outcome {
      case .recorded: return "\(result.key): recorded"
      case .replayed: return "\(result.key): recorded before"
      case .pending: return "\(result.key): waits for a second person"
      case .refused(let refusal): return "\(result.key): \(refusal.message)"
      }
    } catch {
      // The key makes it safe to give the line again, whatever became of it.
      logger.error("A receipt has no result", metadata: ["code": "\(error.code)"])
      return "\(line): give this line again later"
    }
  }

  /// The lines of standard input, read by a thread of their own, since reading blocks.
  private static var lines: AsyncStream<String> {
    AsyncStream { lines in
      Thread.detachNewThread {
        while let line = readLine() { lines.yield(line) }
        lines.finish()
      }
    }
  }
}
