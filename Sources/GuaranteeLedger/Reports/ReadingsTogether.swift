/// Several readings as one statement, so that all of them are of one moment and take one round trip.
struct ReadingsTogether: StatementOfReading {
  private let readings: [Reading]

  init(_ readings: [Reading]) { self.readings = readings }

  var parameters: [String?] { readings.flatMap(\.parameters) }

  /// Each row begins with the number of its reading; the columns of all are texts, as many as the widest has.
  func sql(_ lookBack: LookBack?) -> String {
    let width = readings.map(\.columns.count).max() ?? 0
    var first = 1
    var parts: [String] = []
    for (number, reading) in readings.enumerated() {
      var columns = reading.columns.map { "\"\($0)\"::text" }
      columns += Array(repeating: "null", count: width - columns.count)
      let list = (["\(number)", "row_number() over ()"] + columns).joined(separator: ", ")
      parts.append("(select \(list) \(reading.source(from: first, lookBack)))")
      first += reading.parameters.count
    }
    return parts.joined(separator: " union all ") + " order by 1, 2"
  }

  /// The rows of each reading.
  func split(_ rows: [[String?]]) -> [[[String?]]] {
    readings.enumerated().map { number, reading in
      rows.filter { $0.first == String(number) }.map { Array($0.dropFirst(2).prefix(reading.columns.count)) }
    }
  }
}
