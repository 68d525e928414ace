/// When in its day a bank booked something.
package struct TimeOfDay: Sendable, Hashable, Comparable, CustomStringConvertible {
  let hour: UInt8
  let minute: UInt8
  let second: UInt8

  /// `nil` for what no clock shows.
  init?(hour: Int, minute: Int, second: Int) {
    guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second) else { return nil }
    (self.hour, self.minute, self.second) = (UInt8(hour), UInt8(minute), UInt8(second))
  }

  /// `15:02:11`
  package var description: String {
    [hour, minute, second].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }

  package static func < (left: TimeOfDay, right: TimeOfDay) -> Bool {
    (left.hour, left.minute, left.second) < (right.hour, right.minute, right.second)
  }
}
