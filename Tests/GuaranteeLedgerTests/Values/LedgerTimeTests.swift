import Foundation
import GuaranteeLedger
import Testing

@Suite("Instants")
struct LedgerTimeTests {
  @Test(
    "An instant is written in UTC to the microsecond",
    arguments: [
      (0, "1970-01-01T00:00:00.000000Z"), (1_767_601_800_000_001, "2026-01-05T08:30:00.000001Z"),
      (-1, "1969-12-31T23:59:59.999999Z"), (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
      (4_107_542_399_999_999, "2100-02-28T23:59:59.999999Z"),
    ])
  func text(_ microseconds: Int64, _ text: String) {
    #expect(LedgerTime(microsecondsSince1970: microseconds).description == text)
  }

  @Test("Every day of five centuries is the one that the calendar has")
  func calendar() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    for day in Int64(-80_000)...110_000 {
      let date = Date(timeIntervalSince1970: TimeInterval(day) * 86_400)
      let parts = calendar.dateComponents([.year, .month, .day], from: date)
      let wanted = try #require(
        LedgerDate(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0))
      let time = LedgerTime(microsecondsSince1970: day * 86_400_000_000)
      guard time.description.hasPrefix(wanted.description) else {
        Issue.record("\(time) is \(wanted)")
        return
      }
    }
  }

  @Test("Instants are ordered by time")
  func order() {
    #expect(LedgerTime(microsecondsSince1970: -5) < LedgerTime(microsecondsSince1970: 3))
  }
}
