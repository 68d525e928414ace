import GuaranteeLedger
import ServiceLifecycle
import ServiceLifecycleTestKit
import TestSupport
import Testing

@Suite("A ledger among a program's services", .endsInTime)
struct ServiceTests {
  @Test("It runs until the program shuts down, and brings to an end what is under way by then")
  func graceful() async throws {
    try await BlockedBook.with { book in
      let call = book.start("K")
      try await book.waitForBatch()
      try await testGracefulShutdown { trigger in
        try await withThrowingTaskGroup(of: Void.self) { group in
          let ledger = book.ledger
          group.addTask { try await ledger.run() }
          trigger.triggerGracefulShutdown()
          try await until {
            await book.start("late", deadline: .milliseconds(20)).value.error?.code == .shuttingDown
          }
          try await book.free()
          try await group.waitForAll()
        }
      }
      #expect(await call.value.codes == ["recorded"])
    }
  }

  @Test("When its task is cancelled it closes at once")
  func cancelled() async throws {
    try await BlockedBook.with { book in
      let call = book.start("K")
      try await book.waitForBatch()
      let ledger = book.ledger
      let service = Task { try await ledger.run() }
      service.cancel()
      try await service.value
      #expect(await call.value.error?.unknownKeys == ["K"])
    }
  }
}
