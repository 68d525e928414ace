import GuaranteeLedger
import PostgresClient
import TestSupport
import Testing

@Suite("Times")
struct LedgerTimeTests {
  @Test(
    "A time with its distance from UTC is read and written in UTC",
    arguments: [
      ("2026-01-05 17:30:00+08", "2026-01-05T09:30:00.000000Z"),
      ("2026-01-05T09:30:00.5Z", "2026-01-05T09:30:00.500000Z"),
      ("2025-12-31 22:00:00.123456-03:30", "2026-01-01T01:30:00.123456Z"),
      ("1969-12-31 23:59:59.999999+00", "1969-12-31T23:59:59.999999Z"),
      ("1901-01-01 08:05:43+08:05:43", "1901-01-01T00:00:00.000000Z"),
      ("2000-02-29 00:00:00+14", "2000-02-28T10:00:00.000000Z"),
    ])
  func text(_ text: String, _ written: String) throws {
    let time = try #require(LedgerTime(text))
    #expect(time.description == written)
    #expect(LedgerTime(written) == time)
  }

  @Test(
    "Anything else is no time",
    arguments: [
      "", "2026-01-05", "2026-01-05 17:30:00", "2026-02-30 17:30:00Z", "2026-01-05 24:00:00Z",
      "2026-01-05 17:60:00Z", "2026-01-05 17:30:00.Z", "2026-01-05 17:30:00.1234567Z",
      "2026-01-05 17:30:00+8",
      "2026-01-05 17:30:00+08:", "2026-01-05 +1:30:00Z", "2026-01-05 17:30:00 Z", "infinity", "-infinity",
    ])
  func unreadable(_ text: String) {
    #expect(LedgerTime(text) == nil)
  }

  @Test("Every day from the first to the last is the server's day, too")
  func days() async throws {
    try await withConnection { connection in
      let result = try await connection.query(
        """
        select to_char(day at time zone 'UTC', 'YYYY-MM-DD'), (extract(epoch from day) * 1000000)::bigint
          from generate_series(timestamptz '0001-01-01 00:00Z', '9999-12-31 00:00Z', interval '97 days') day
        """)
      #expect(result.rows.count > 30_000)
      let noon: Int64 = (12 * 3600 + 34 * 60 + 56) * 1_000_000 + 500_000
      for row in result.rows {
        let text = try #require(row[0]) + " 12:34:56.5+00"
        let time = LedgerTime(text)
        #expect(time?.microsecondsSince1970 == row[1].flatMap { Int64($0) }.map { $0 + noon })
        #expect(time?.description.prefix(10) == text.prefix(10))
      }
    }
  }

  @Test("Earlier is less, on both sides of 1970")
  func order() {
    let times = [-1_000_001, -1, 0, 1, 1_000_000].map { LedgerTime(microsecondsSince1970: $0) }
    #expect(times == times.shuffled().sorted())
    #expect(times[0].description == "1969-12-31T23:59:58.999999Z")
  }
}
