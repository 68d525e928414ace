import GuaranteeLedger

/// Something that is read of a ledger again and again, of another subject each time.
struct LedgerReading: Sendable {
  let name: String
  /// Reads it once; fails when nothing is there that should be.
  private let read: @Sendable (Ledger, Subject) async throws -> Int

  /// What is read about.
  private struct Subject: Sendable {
    let dispute: String
    let office: String
    let guarantor: String

    init(_ number: Int) {
      dispute = "D-" + Workload.padded(number * 7, to: 7)
      office = Workload.office(number % Workload.officeCount)
      guarantor = Workload.guarantor(number % Workload.guarantorCount)
    }
  }

  func read(from ledger: Ledger, number: Int) async throws {
    let rows = try await read(ledger, Subject(number))
    if rows == 0 { throw BenchmarkError("There is nothing to read for: \(name)") }
  }

  static let all: [LedgerReading] = lookups + firstPages + sums

  private static let lookups = [
    LedgerReading(name: "a dispute with all that is known of it") { ledger, subject in
      try await ledger.dispute(subject.dispute) == nil ? 0 : 1
    },
    LedgerReading(name: "a dispute's history") { ledger, subject in
      try await ledger.history(of: subject.dispute).all().count
    },
    LedgerReading(name: "a dispute's statement") { ledger, subject in
      try await ledger.statement(of: .dispute(subject.dispute)).all().count
    },
    LedgerReading(name: "a guarantor's exposure at an office") { ledger, subject in
      let exposure = try await ledger.exposure(of: subject.guarantor, at: subject.office, in: .cny)
      return exposure == nil ? 0 : 1
    },
    LedgerReading(name: "what runs out within 30 days, first page") { ledger, _ in
      // In a ledger whose disputes have all ended this is nothing.
      try await ledger.due(limit: Scale.pageSize).all().count + 1
    },
  ]

  private static let firstPages = [
    LedgerReading(name: "balances, first page") { ledger, _ in
      try await ledger.balances(limit: Scale.pageSize).all().count
    },
    LedgerReading(name: "balances with zeros, first page") { ledger, subject in
      try await ledger.balances(office: subject.office, includingZero: true, limit: Scale.pageSize).all()
        .count
    },
    LedgerReading(name: "statement of an office's bank account, first page") { ledger, subject in
      try await ledger.statement(of: .account("\(subject.office):bank:CNY"), limit: Scale.pageSize).all()
        .count
    },
    LedgerReading(name: "a month of an office's bank account, first page") { ledger, subject in
      let month = (LedgerDate("2025-12-01"), LedgerDate("2025-12-31"))
      return try await ledger.statement(
        of: .account("\(subject.office):bank:CNY"), from: month.0, to: month.1, limit: Scale.pageSize
      ).all().count
    },
    LedgerReading(name: "statement of a guarantor, first page") { ledger, subject in
      try await ledger.statement(of: .guarantor(subject.guarantor), limit: Scale.pageSize).all().count
    },
    LedgerReading(name: "disputes, first page") { ledger, _ in
      try await ledger.disputes(limit: Scale.pageSize).all().count
    },
    LedgerReading(name: "disputes of an office, first page") { ledger, subject in
      try await ledger.disputes(office: subject.office, limit: Scale.pageSize).all().count
    },
    LedgerReading(name: "disputes of a guarantor, first page") { ledger, subject in
      try await ledger.disputes(guarantor: subject.guarantor, limit: Scale.pageSize).all().count
    },
    LedgerReading(name: "lots, first page") { ledger, _ in
      try await ledger.lots(limit: Scale.pageSize).all().count
    },
    LedgerReading(name: "deadlines, first page") { ledger, _ in
      try await ledger.deadlines(limit: Scale.pageSize).all().count
    },
    LedgerReading(name: "journal, first page") { ledger, _ in
      try await ledger.journal(limit: Scale.pageSize).all().count
    },
    LedgerReading(name: "journal of an office, first page") { ledger, subject in
      try await ledger.journal(office: subject.office, limit: Scale.pageSize).all().count
    },
  ]

  private static let sums = [
    LedgerReading(name: "trial balance") { ledger, _ in try await ledger.trialBalance().all().count },
    LedgerReading(name: "movements, all that was") { ledger, _ in try await ledger.movements().all().count },
    LedgerReading(name: "flows, all that was") { ledger, _ in try await ledger.flows().all().count },
    LedgerReading(name: "cover, every month") { ledger, _ in try await ledger.cover().all().count },
    LedgerReading(name: "exposure of all guarantors, first page") { ledger, _ in
      try await ledger.exposures(limit: Scale.pageSize).all().count
    },
    LedgerReading(name: "ageing of unpaid calls") { ledger, _ in
      // Nothing was called in this workload.
      try await ledger.ageing().all().count + 1
    },
  ]
}
