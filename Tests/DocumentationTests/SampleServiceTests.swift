import Foundation
import GuaranteeLedger
import TestSupport
import Testing

extension Tag {
  /// Takes minutes.
  @Tag static var slow: Self
}

@Suite("The sample service", .heavy)
struct SampleServiceTests {
  /// Builds the service as any package that depends on this one is built, apart from this build.
  private static func build() async throws -> String {
    try await PackageBuild.program("PaymentDesk", in: Repository.root + "/Tests/SampleService")
  }

  @Test(
    "It is built with what the library makes public, records what it is told, and goes on where it was",
    .tags(.slow))
  func works() async throws {
    let program = try await Self.build()
    let file = FileManager.default.temporaryDirectory.appending(path: "position-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    try await Offices.withLedger { ledger, connectionString, day in
      let environment = ["PAYMENT_DESK_DATABASE": connectionString, "PAYMENT_DESK_POSITION": file]
      try await takeReceipts(RunningProgram(program, environment: environment), beside: ledger, on: day)
      try await goOn(RunningProgram(program, environment: environment), on: day)
    }
  }

  private func takeReceipts(
    _ desk: RunningProgram, beside ledger: Ledger, on day: LedgerDate
  ) async throws {
    let line = "\(day) R-1 HARBIN BANK-A 100.00 CNY receipt 1"
    try desk.tell(line, "\(day) R-2 NOWHERE BANK-A 1.00 CNY receipt 2", "nonsense", line)
    await desk.hear(
      "R-1: recorded", "R-1: recorded before",
      "R-2: There is no office NOWHERE. Check the spelling, or register the office first.",
      "nonsense: give DAY KEY OFFICE GUARANTOR AMOUNT CURRENCY REFERENCE",
      "R-1: debit HARBIN:bank:CNY 100.00 CNY, now 100.00 CNY",
      "R-1: credit HARBIN:guarantor_funds:BANK-A:CNY 100.00 CNY, now 100.00 CNY")
    let amount = try #require(Amount("5.00"))
    _ = try await ledger.record(
      CreditInterest(
        key: "I-1", on: day, office: "HARBIN", guarantor: "BANK-A", amount: amount, currency: .cny))
    await desk.hear("I-1: debit HARBIN:bank:CNY 5.00 CNY, now 105.00 CNY")
    try desk.hangUp()
    #expect(await desk.exitCode() == 0)
  }

  private func goOn(_ desk: RunningProgram, on day: LedgerDate) async throws {
    try desk.tell("\(day) R-3 HARBIN BANK-A 1.00 CNY receipt 3")
    await desk.hear("R-3: recorded", "R-3: debit HARBIN:bank:CNY 1.00 CNY, now 106.00 CNY")
    desk.terminate()
    #expect(await desk.exitCode() == 0)
    #expect(!desk.said.contains { $0.hasPrefix("R-1") })
  }
}
