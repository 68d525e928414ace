/// The fields that rows of a file have, in the file's order; rows that have the same share one.
final class EventColumns: Sendable {
  let names: [String]
  /// What stands before each value in the event's JSON: `"name":"`; `nil` for a column that is not recorded.
  let jsonPrefixes: [[UInt8]?]

  /// The names one behind the other, to know a header again.
  let joined: [UInt8]

  /// What `record --rejects` puts behind a row; a mended file may still have it.
  static let ignored: Set<String> = ["result", "message"]

  init(names: [String], known: Set<String>) {
    self.names = names
    joined = names.flatMap { Array($0.utf8) }
    jsonPrefixes = names.map { known.contains($0) ? Array("\"\($0)\":\"".utf8) : nil }
  }
}

/// The field names that files may use.
struct FieldNames: Sendable {
  let known: Set<String>

  init(_ names: some Sequence<String>) { known = Set(names) }

  func allows(_ name: String) -> Bool {
    known.contains(name) || EventColumns.ignored.contains(name)
  }

  /// The end of a sentence about a name that no event knows.
  func whyNot(_ name: String) -> String {
    let suggestion = nearest(to: name).map { "; perhaps \(shown($0)) is meant" } ?? ""
    return "no event has a field called \(shown(name))" + suggestion
  }

  /// The known name with the fewest letters to change, if those are few.
  func nearest(to name: String) -> String? {
    guard name.utf8.count <= 64 else { return nil }
    let plain = name.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 }
    let wanted = Array(String(plain).utf8.drop { $0 == UInt8(ascii: "_") })
    let distances = known.map { (name: $0, distance: Self.distance(wanted, Array($0.utf8))) }
    let best = distances.min { ($0.distance, $0.name) < ($1.distance, $1.name) }
    guard let best, best.distance <= max(1, min(best.name.utf8.count, wanted.count) / 3) else { return nil }
    return best.name
  }

  /// How many bytes to insert, delete, change or swap with their neighbour to get from one to the other.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (i, byte) in left.enumerated() {
      var current = [i + 1]
      for (j, other) in right.enumerated() {
        var cost = min(last[j + 1] + 1, current[j] + 1, last[j] + (byte == other ? 0 : 1))
        if i > 0, j > 0, byte == right[j - 1], left[i - 1] == other {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        current.append(cost)
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }
}
