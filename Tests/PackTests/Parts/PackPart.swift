import Foundation
import LedgerTestSupport
import TestSupport
import Testing

@testable import GuaranteeLedger

/// The kinds of packs that the tests look at, each of the same ledger.
enum PackPart: String, CaseIterable, CustomTestStringConvertible {
  case office, dispute, period, fromADay, asOf, officeInPeriod, additions

  var testDescription: String { rawValue }

  var selection: PackSelection {
    var selection = PackSelection()
    switch self {
    case .office: selection.offices = ["QINGDAO"]
    case .dispute: selection.dispute = "QD-2025-0101"
    case .period, .additions:
      (selection.from, selection.through) = (LedgerDate("2025-02-10"), LedgerDate("2025-03-06"))
    case .fromADay: selection.from = LedgerDate("2025-03-07")
    case .asOf: selection.through = LedgerDate("2025-03-04")
    case .officeInPeriod:
      selection.offices = ["HARBIN"]
      (selection.from, selection.through) = (LedgerDate("2025-03-05"), LedgerDate("2025-03-07"))
    }
    return selection
  }

  var additions: Set<PackAddition> { self == .additions ? [.ads, .excel] : [] }

  /// The files that are tables of the pack.
  var tables: [String] { PackTable.all(fields: [], of: selection).map(\.file) }

  /// Kinds of packs with their tables: a period has all that there are, and of the others those that are not made alike.
  static let damagedTables =
    period.tables.map { (period, $0) }
    + [office, dispute, fromADay, asOf].flatMap { part in
      ["events.csv", "entries.csv", "accounts.csv", "chain.csv"].map { (part, $0) }
    }
}

/// The told ledger with what was recorded late, under dates before those of other events, and cells that spreadsheets
/// take for something else; none of it is sealed.
let lateLedger = DatabaseTemplate(name: "late_ledger") { connectionString in
  try await packedLedger.prepare(connectionString)
  let ledger = try await Ledger.open(.patient(connectionString))
  let folder = try TemporaryFolder()
  let file = try EventFile(path: folder.write(lateEvents, to: "events.csv"))
  var rows: [EventRow] = []
  while let row = try file.next() { rows.append(row) }
  for result in try await ledger.record(rows: rows) { #expect(result.refusal == nil, "\(result)") }
  await ledger.close()
}

/// A refund before the receipt that pays for it leaves less than nothing on the days between.
private let lateEvents = """
  key,on,event,office,party,kind,name,guarantor,amount,currency,reference,reverses
  L-1,2025-03-09,receive_funds,HARBIN,,,,BANK-2,40,JPY,=1+1,
  L-2,2025-03-04,refund_funds,HARBIN,,,,BANK-2,30,JPY,007,
  L-3,2025-02-02,receive_funds,QINGDAO,,,,LUSHANG-GUARANTEE,75.25,CNY,12345678901234567890,
  L-4,2025-03-06,register_party,,1E5,consignor,＝cmd,,,,,
  L-5,2025-03-05,receive_unidentified,HARBIN,,,,,3.5,CNY,'quoted,
  L-6,2025-03-09,reverse,,,,,,,,MAR-1,L-3

  """

/// Makes a pack of each kind once, and hands out copies of it.
actor PartMaker {
  static let shared = PartMaker()
  private var made: [PackPart: Task<TemporaryFolder, any Error>] = [:]

  nonisolated func copy(_ part: PackPart) async throws -> PackCopy {
    try PackCopy(of: await source(part).file("pack"))
  }

  private func source(_ part: PackPart) async throws -> TemporaryFolder {
    let making =
      made[part]
      ?? Task {
        try await withLateLedger { ledger, folder in
          _ = try await ledger.export(
            to: folder.file("pack"), selecting: part.selection, adding: part.additions)
          return folder
        }
      }
    made[part] = making
    return try await making.value
  }
}

/// Runs `body` with the ledger that has late entries, and a folder of its own.
func withLateLedger<Value: Sendable>(_ body: @Sendable (Ledger, TemporaryFolder) async throws -> Value)
  async throws -> Value
{
  try await withLedger(of: lateLedger, body)
}
