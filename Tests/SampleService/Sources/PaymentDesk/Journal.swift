import Foundation
import GuaranteeLedger
import ServiceLifecycle

/// Prints the entries that the ledger makes, whoever records them, and remembers in a file how far it came.
struct Journal: Service {
  let ledger: Ledger
  let file: String

  func run() async throws {
    let remembered = try? String(contentsOfFile: file, encoding: .utf8)
    var position = remembered.flatMap { FeedPosition($0) } ?? .beginning
    for try await event in ledger.events(after: position).cancelOnGracefulShutdown() {
      for entry in event.entries {
        say("\(event.event.key): \(entry.side) \(entry.account) \(entry.amount), now \(entry.balance)")
      }
      position.advance(past: event)
      try position.description.write(toFile: file, atomically: true, encoding: .utf8)
    }
  }
}
