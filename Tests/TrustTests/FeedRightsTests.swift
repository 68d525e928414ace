import GuaranteeLedger
import TestSupport
import Testing

@Suite("What somebody may follow", .endsInTime)
struct FeedRightsTests {
  @Test("Who loses an office goes on with the others, also from a position that names it")
  func lostOffice() async throws {
    try await Office.with { office in
      for name in ["anna", "boris"] { try await office.add(name, .clerk, at: ["QINGDAO", "HARBIN"]) }
      let seen = try await follow(office, after: .beginning)
      #expect(Set(seen.position.offices) == ["", "HARBIN", "QINGDAO"])
      try await office.owner.removeMember(office.login("anna"))
      try await office.add("anna", .clerk, at: ["QINGDAO"])
      let news = ["QINGDAO", "HARBIN"].map { Office.money("news \($0)", at: $0, "1.00") }
      #expect(try await office.record(news, as: "boris") == ["recorded", "recorded"])
      #expect(try await follow(office, after: seen.position).keys == ["news QINGDAO"])
    }
  }

  private func follow(
    _ office: Office, after start: FeedPosition
  ) async throws -> (keys: [String], position: FeedPosition) {
    try await office.acting(as: "anna") { ledger in
      var (keys, position) = ([String](), start)
      for try await event in ledger.events(after: start, untilEnd: true) {
        keys.append(event.event.key)
        position.advance(past: event)
      }
      return (keys, position)
    }
  }
}
