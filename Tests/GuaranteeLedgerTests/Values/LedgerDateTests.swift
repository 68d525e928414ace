import GuaranteeLedger
import Testing

@Suite("Dates")
struct LedgerDateTests {
  @Test(
    "The same text comes back",
    arguments: ["2026-01-05", "0001-01-01", "9999-12-31", "2024-02-29", "2000-02-29"])
  func roundTrip(_ text: String) {
    #expect(LedgerDate(text)?.description == text)
  }

  @Test(
    "What is no date is none",
    arguments: [
      "", "2026-1-5", "2026-01-5", "26-01-05", "2026-02-30", "2025-02-29", "1900-02-29", "2026-04-31",
      "2026-13-01",
      "2026-00-01", "2026-01-00", "2026-01-32", "0000-01-01", "2026/01/05", "20260105", "2026-01-05 ",
      " 2026-01-05",
      "2026-01-05T00:00", "٢٠٢٦-٠١-٠٥", "２０２６-01-05", "+026-01-05", "2026--1-05",
    ])
  func refuses(_ text: String) {
    #expect(LedgerDate(text) == nil)
  }

  @Test("Every day of four hundred years has its text and follows the day before")
  func everyDay() throws {
    var previous = try #require(LedgerDate(year: 1999, month: 12, day: 31))
    var count = 0
    for year in 2000..<2400 {
      for month in 1...12 {
        for day in 1...31 {
          guard let date = LedgerDate(year: year, month: month, day: day) else { continue }
          #expect(previous < date && LedgerDate(date.description) == date)
          previous = date
          count += 1
        }
      }
    }
    #expect(count == 146_097)
  }
}
