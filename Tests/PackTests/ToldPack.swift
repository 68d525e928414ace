import Foundation
import GuaranteeLedger
import LedgerSQL
import LedgerTestSupport
import TestSupport
import Testing

/// A database with all kinds of events in two offices, two currencies, and texts that CSV has to quote.
let packedLedger = DatabaseTemplate(name: "packed_ledger") { connectionString in
  _ = try await Ledger.migrate(connectionString)
  let ledger = try await Ledger.open(.patient(connectionString))
  let examples = LedgerSQL.files.first { $0.path == "stories/examples.csv" }?.text ?? ""
  let folder = try TemporaryFolder()
  for text in [examples, secondOffice] {
    let file = try EventFile(path: folder.write(text, to: "events.csv"))
    var rows: [EventRow] = []
    while let row = try file.next() { rows.append(row) }
    for result in try await ledger.record(rows: rows) { #expect(result.refusal == nil, "\(result)") }
    // Each of the two is sealed; the second seal has a key of its own.
    #expect(try await ledger.seal(with: SealingKey()) != nil)
    let refused = RefundFunds(
      key: "too \"much\"", on: try #require(LedgerDate("2025-03-09")),
      office: text == examples ? "QINGDAO" : "HARBIN",
      guarantor: "nobody", amount: try #require(Amount("1.00")), currency: .cny)
    for _ in 0..<2 { #expect(try await ledger.record(refused).refusal != nil) }
  }
  await ledger.close()
}

private let secondOffice = """
  key,on,event,office,zone,name,party,kind,recordal,valid_from,guarantor,amount,currency,reference,reverses
  H-1,2025-03-03,register_office,HARBIN,"Z, ""1""\t2",哈尔滨海关,,,,,,,,,
  H-2,2025-03-03,register_party,,,"two
  lines\\and a back\u{1F600}slash",HOLDER-2,right_holder,,,,,,,
  H-3,2025-03-03,register_recordal,,,,HOLDER-2,utility_model,R-2,2024-02-29,,,,,
  H-4,2025-03-03,register_party,,,,BANK-2,guarantor,,,,,,,
  H-5,2025-03-04,grant_facility,HARBIN,,,,,,,BANK-2,5000,JPY,,
  H-6,2025-03-05,grant_facility,HARBIN,,,,,,,BANK-2,7000,JPY,,
  H-7,2025-03-05,receive_funds,HARBIN,,,,,,,BANK-2,900,JPY,receipt,
  H-8,2025-03-06,refund_funds,HARBIN,,,,,,,BANK-2,300,JPY,,
  H-9,2025-03-07,reverse,,,,,,,,,,,wrong account,H-8
  H-10,2025-03-08,receive_unidentified,HARBIN,,,,,,,,12.5,CNY,?,

  """

/// Runs `body` with the told ledger and a folder of its own.
func withPackedLedger<Value: Sendable>(_ body: @Sendable (Ledger, TemporaryFolder) async throws -> Value)
  async throws -> Value
{
  try await withLedger(of: packedLedger, body)
}

func withLedger<Value: Sendable>(
  of template: DatabaseTemplate, _ body: @Sendable (Ledger, TemporaryFolder) async throws -> Value
) async throws -> Value {
  try await TemporaryServer.shared.withDatabase(template: template) { connectionString in
    let ledger = try await Ledger.open(.patient(connectionString))
    do {
      let value = try await body(ledger, TemporaryFolder())
      await ledger.close()
      return value
    } catch {
      await ledger.close()
      throw error
    }
  }
}

/// Makes the told ledger's pack once, and hands out copies of it.
actor PackMaker {
  static let shared = PackMaker()
  private var made: Task<TemporaryFolder, any Error>?

  nonisolated func copy() async throws -> PackCopy { try PackCopy(of: await source().file("pack")) }

  private func source() async throws -> TemporaryFolder {
    let making =
      made
      ?? Task {
        try await withPackedLedger { ledger, folder in
          _ = try await ledger.export(to: folder.file("pack"))
          return folder
        }
      }
    made = making
    return try await making.value
  }
}
