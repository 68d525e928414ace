/// A measured amount with its unit.
enum Quantity: Sendable, Equatable {
  /// So many things a second.
  case rate(Double, of: String)
  case time(Duration)
  case memory(bytes: Int)
  /// What one thing takes on disk.
  case size(bytes: Double, of: String)

  /// So many things in so much time.
  static func rate(_ count: Int, of things: String, in duration: Duration) -> Quantity {
    .rate(Double(count) / (duration / .seconds(1)), of: things)
  }

  /// The amount in the unit's base, for ratios between amounts of a kind.
  var magnitude: Double {
    switch self {
    case .rate(let count, _): count
    case .time(let duration): duration / .seconds(1)
    case .memory(let bytes): Double(bytes)
    case .size(let bytes, _): bytes
    }
  }
}

extension Quantity: CustomStringConvertible {
  var description: String {
    switch self {
    case .rate(let count, let things): "\(Self.grouped(count)) \(things)/s"
    case .time(let duration) where duration < .seconds(1):
      "\(Self.decimal(duration / .milliseconds(1), places: duration < .milliseconds(10) ? 2 : 1)) ms"
    case .time(let duration): "\(Self.decimal(duration / .seconds(1), places: 2)) s"
    case .memory(let bytes): "\(Self.decimal(Double(bytes) / 1e6, places: 1)) MB"
    case .size(let bytes, let thing): "\(Self.grouped(bytes)) B a \(thing)"
    }
  }

  /// A number with so many digits behind the point.
  static func decimal(_ number: Double, places: Int) -> String {
    let scale = (0..<places).reduce(1) { scale, _ in scale * 10 }
    let scaled = Int((number * Double(scale)).rounded())
    let fraction = String(scaled % scale)
    return places == 0
      ? String(scaled)
      : "\(scaled / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
  }

  private static func grouped(_ number: Double) -> String {
    let digits = String(Int(number.rounded()))
    return String(
      digits.enumerated().flatMap { index, digit in
        index > 0 && (digits.count - index) % 3 == 0 ? [",", digit] : [digit]
      })
  }
}
