/// Which days are worked: Monday to Friday but for the exceptions, in years that are known at all.
struct WorkingCalendar: Sendable {
  private var exceptions: [Day: Bool]
  private var coveredYears: Set<Int>

  init(_ exceptions: [Day: Bool]) {
    self.exceptions = exceptions
    coveredYears = Set(exceptions.keys.map(\.components.year))
  }

  mutating func set(_ day: Day, worked: Bool) {
    exceptions[day] = worked
    coveredYears.insert(day.components.year)
  }

  /// Nil in a year of which nothing is known.
  func isWorked(_ day: Day) -> Bool? {
    guard coveredYears.contains(day.components.year) else { return nil }
    return exceptions[day] ?? !day.isWeekend
  }

  /// The last day of a period of so many working days; nil if it depends on an unknown year.
  func end(ofWorkingDays period: Int, after start: Day) -> Day? {
    var day = start
    var left = period
    while left > 0 {
      day = day + 1
      guard let worked = isWorked(day) else { return nil }
      if worked { left -= 1 }
    }
    return day
  }

  /// Whether that last day lies before a date, as far as the known days tell.
  func hasPassed(workingDays period: Int, after start: Day, before date: Day) -> Answer {
    var worked = 0
    var unknown = 0
    var day = start + 1
    while day < date, worked < period {
      switch isWorked(day) {
      case true?: worked += 1
      case false?: break
      case nil: unknown += 1
      }
      day = day + 1
    }
    if worked >= period { return .yes }
    return worked + unknown < period ? .no : .unknown
  }
}

/// What the known working days say to a question.
enum Answer: Sendable {
  case yes, no, unknown

  /// Yes if one says so; else unknown if one may.
  static func any(_ answers: [Answer]) -> Answer {
    if answers.contains(.yes) { return .yes }
    return answers.contains(.unknown) ? .unknown : .no
  }
}
