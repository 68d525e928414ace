import GuaranteeLedger

/// What plain transfers take on disk, all indexes and whatever is left behind by updates included.
enum SpaceOnDisk {
  /// What a well-known SQL ledger needs for a transfer between two accounts.
  private static let reference = Quantity.size(bytes: 743, of: "transfer")

  static func measure(_ bench: Bench) async throws {
    for offices in [1, Workload.officeCount] {
      let size = try await bench.server.withLedger { connectionString in
        try await bytesOfTransfer(bench, offices: offices, in: connectionString)
      }
      bench.report(
        Figure(
          "plain transfers at \(offices == 1 ? "one office" : "\(offices) offices")", size,
          against: ("a well-known SQL ledger", reference), goal: offices == 1 ? .lessThanReference : nil))
    }
    let workload = bench.workload
    let size = try await bench.server.withLedger { connectionString in
      try await bytes(of: workload.count, bench, in: connectionString) { ledger in
        try await ledger.record(Array(workload.indices), of: workload)
      }
    }
    bench.report(Figure("events of whole disputes", .size(bytes: size, of: "event")))
  }

  private static func bytesOfTransfer(
    _ bench: Bench, offices: Int, in connectionString: String
  ) async throws -> Quantity {
    let registers = Workload(events: 0)
    let ledger = try await Ledger.open(connectionString)
    try await ledger.record(Array(0..<registers.registerCount), of: registers)
    await ledger.close()
    let size = try await bytes(of: bench.plan.transfers, bench, in: connectionString) { ledger in
      for first in stride(from: 0, to: bench.plan.transfers, by: 1_000) {
        let batch = (first..<first + 1_000).map { Workload.transfer($0, offices: offices) }
        for result in try await ledger.record(batch) { try result.requireRecorded() }
      }
    }
    return .size(bytes: size, of: "transfer")
  }

  /// By how much the database grows for each of so many things.
  private static func bytes(
    of count: Int, _ bench: Bench, in connectionString: String, _ record: (Ledger) async throws -> Void
  ) async throws -> Double {
    let sql = "select pg_database_size(current_database())"
    let before = try await bench.server.value(sql, in: connectionString).flatMap { Double($0) } ?? 0
    let ledger = try await Ledger.open(connectionString)
    try await record(ledger)
    await ledger.close()
    let after = try await bench.server.value(sql, in: connectionString).flatMap { Double($0) } ?? 0
    return (after - before) / Double(count)
  }
}

extension Workload {
  /// Money of a guarantor that comes in at one of the first offices, with no more said of it than must be.
  static func transfer(_ number: Int, offices: Int) -> Event {
    let cents = 100 + number * 7_919 % 9_999_000
    return Event(
      key: "t-" + padded(number, to: 8), on: Day.text(Day.firstDispute + number * 300 / 1_000_000),
      name: "credit_interest",
      fields: [
        "office": office(number % offices), "guarantor": guarantor(number / offices % guarantorCount),
        "amount": "\(cents / 100)." + padded(cents % 100, to: 2), "currency": "CNY",
      ])
  }
}
