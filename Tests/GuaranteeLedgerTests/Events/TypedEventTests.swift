import Testing

@testable import GuaranteeLedger

@Suite("Events written from the rules")
struct TypedEventTests {
  @Test("A typed event is the event of its fields, without those not given")
  func typed() throws {
    let on = try #require(LedgerDate("2026-01-05"))
    let amount = try #require(Amount("1200000.00"))
    let lodging = LodgeCounterGuarantee(
      key: "K-1", on: on, dispute: "D-1", guarantor: "G-1", amount: amount, instrument: .letter,
      expiresOn: LedgerDate("2027-01-05"))
    #expect(
      lodging.event
        == Event(
          key: "K-1", on: "2026-01-05", name: "lodge_counter_guarantee",
          fields: [
            "dispute": "D-1", "guarantor": "G-1", "amount": "1200000.00", "instrument": "letter",
            "expires_on": "2027-01-05",
          ]))
  }

  @Test("Booleans are written as words, and a field may be called as anything else is")
  func booleansAndNames() throws {
    let on = try #require(LedgerDate("2026-01-05"))
    #expect(
      SetWorkingDay(key: "K", on: on, day: on, workingDay: false).event.fields["working_day"] == "false")
    #expect(RegisterOffice(key: "K", on: on, office: "O", zone: "Z", name: "N").event.fields["name"] == "N")
    #expect(
      RegisterOffice(key: "K", on: on, office: "O", zone: "Z", name: "N").event.name == "register_office")
  }

  @Test("The codes of refusals come in their order of precedence, those before the guards first")
  func codes() {
    let codes = RefusalCode.known
    #expect(
      codes.prefix(7) == [
        .unknownEvent, .missingField, .unknownField, .badValue, .notPermitted, .samePerson, .keyConflict,
      ])
    #expect(codes.suffix(3) == [.insufficientFunds, .notPending, .refused])
    #expect(Set(codes).count == codes.count)
  }
}
