// Days are counted by the calendar that PostgreSQL has too: the Gregorian one, back to the beginning. A year
// begins in March here, so that the day that comes every four years is its last.

extension LedgerDate {
  private static let daysOfFourCenturies = 146_097
  /// From March of the year 0 to the beginning of 1970.
  private static let daysBefore1970 = 719_468

  /// Days since the beginning of 1970; negative before.
  var daysSince1970: Int {
    let marchYear = month > 2 ? year : year - 1
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return marchYear * 365 + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear
      - Self.daysBefore1970
  }

  /// The date so many days after the beginning of 1970, as `YYYY-MM-DD`, whatever its year.
  static func text(daysSince1970 days: Int) -> String {
    let shifted = days + daysBefore1970
    let era = (shifted >= 0 ? shifted : shifted - daysOfFourCenturies + 1) / daysOfFourCenturies
    let day = shifted - era * daysOfFourCenturies
    let yearOfEra = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
    let dayOfYear = day - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return text(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }
}
