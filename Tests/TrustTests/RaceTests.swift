import Foundation
import GuaranteeLedger
import Testing

@Suite("Racing for the same money")
struct RaceTests {
  /// `TRUST_ROUNDS=2000 swift test --filter RaceTests` runs as many.
  private static let rounds = ProcessInfo.processInfo.environment["TRUST_ROUNDS"].flatMap { Int($0) } ?? 40

  @Test("Two approvers, another payment and a reversal at once: the money is paid out once")
  func race() async throws {
    try await Office.with { office in
      try await office.add("anna", .clerk)
      for name in ["boris", "carla", "dora"] { try await office.add(name, .approver) }
      try await office.acting(as: "anna") { anna in
        try await office.acting(as: "boris") { boris in
          try await office.acting(as: "carla") { carla in
            try await office.acting(as: "dora") { dora in
              _ = try await anna.record([Office.refund("START")])
              _ = try await boris.approve(["START"])
              for round in 0..<Self.rounds {
                try await self.round(round, clerk: anna, approvers: [boris, carla, dora])
              }
            }
          }
        }
      }
      #expect(try await office.findings() == [])
      let funds = try await office.rows(
        "select balance from guarantee.account where office = 'QINGDAO' and role = 'guarantor_funds'")
      #expect(funds == [["0"]])
      print("races: \(Self.rounds) rounds of nine approvals for the same money, paid once in each")
    }
  }

  /// 100.00 comes in; a refund of it, a second one and its reversal wait, and everybody approves everything.
  private func round(_ round: Int, clerk: Ledger, approvers: [Ledger]) async throws {
    let keys = ["A\(round)", "B\(round)", "C\(round)"]
    let proposed = try await clerk.record([
      Office.money("M\(round)", "100.00"), Office.refund(keys[0]), Office.refund(keys[1]),
      Office.event(keys[2], "reverse", ["reverses": "M\(round)", "reference": "r"]),
    ])
    #expect(proposed.map(\.code) == ["recorded", "pending", "pending", "pending"])
    let results = try await withThrowingTaskGroup(of: [RecordResult].self) { group in
      for (number, approver) in approvers.enumerated() {
        let order = Array(keys[(number + round) % 3..<3] + keys[0..<(number + round) % 3])
        group.addTask {
          var results: [RecordResult] = []
          // Key by key, so that they get in each other's way, or all together.
          if round % 2 == 0 {
            for key in order { results += try await approver.approve([key]) }
          } else {
            results = try await approver.approve(order)
          }
          return results
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    let recorded = results.filter { $0.outcome == .recorded }
    #expect(recorded.count == 1, "round \(round): \(results.map { "\($0.key) \($0.code)" })")
    let replayed = results.filter { $0.outcome == .replayed }
    #expect(replayed.allSatisfy { $0.key == recorded.first?.key && $0.position == recorded.first?.position })
    #expect(replayed.count == 2)
    _ = try await approvers[0].refuse(keys.filter { $0 != recorded.first?.key }, because: "the money is gone")
  }

  @Test("Many programs approve one event: it is recorded once, and everybody is told so")
  func oneEvent() async throws {
    try await Office.with { office in
      try await office.add("anna", .clerk)
      try await office.add("boris", .approver)
      _ = try await office.record([Office.refund("P")], as: "anna")
      let codes = try await withThrowingTaskGroup(of: [String].self) { group in
        for _ in 0..<12 { group.addTask { try await office.approve(["P"], as: "boris") } }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      #expect(codes.sorted() == ["recorded"] + Array(repeating: "replayed", count: 11))
    }
  }
}
