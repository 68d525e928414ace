import GuaranteeLedger
import PostgresClient
import TestSupport
import Testing

@Suite("Many tasks that record at once")
struct RecorderTests {
  @Test("Each of hundreds of tasks gets the result of its own event, and they share commits")
  func ownResults() async throws {
    try await withLedger { ledger in
      _ = try await ledger.record([office("O")])
      let taskCount = 400
      let codes = try await withThrowingTaskGroup(of: (Int, RecordResult).self) { group in
        for number in 0..<taskCount {
          group.addTask {
            // Every fourth names an office that isn't there.
            let event = receipt("K-\(number)", office: number % 4 == 3 ? "NOWHERE" : "O", amount: "1.00")
            return (number, try await ledger.record([event])[0])
          }
        }
        var results: [Int: RecordResult] = [:]
        for try await (number, result) in group { results[number] = result }
        return results
      }
      for number in 0..<taskCount {
        #expect(codes[number]?.key == "K-\(number)")
        #expect(codes[number]?.code == (number % 4 == 3 ? "unknown_office" : "recorded"))
      }
    }
  }
}

/// An event that opens an office's book.
func office(_ office: String) -> Event {
  Event(
    key: "office \(office)", on: "2026-01-05", name: "register_office",
    fields: ["office": office, "zone": "Z"])
}

/// An event that moves money.
func receipt(_ key: String, office: String = "O", amount: String) -> Event {
  Event(
    key: key, on: "2026-01-05", name: "receive_unidentified",
    fields: ["office": office, "amount": amount, "currency": "CNY", "reference": "R"])
}
