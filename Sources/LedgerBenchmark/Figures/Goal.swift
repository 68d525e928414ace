/// What a figure is to reach.
enum Goal: Sendable {
  /// So many times the reference, and better the second number.
  case ratioAtLeast(Double, aim: Double? = nil)
  case ratioAtMost(Double)
  case lessThanReference
  /// No more than so much longer than the reference.
  case overReference(atMost: Duration)
  case lessThan(Quantity)

  func isMet(by value: Quantity, reference: Quantity?) -> Bool {
    let ratio = reference.map { value.magnitude / $0.magnitude } ?? .nan
    return switch self {
    case .ratioAtLeast(let least, _): ratio >= least
    case .ratioAtMost(let most): ratio <= most
    case .lessThanReference: ratio < 1
    case .overReference(atMost: let most):
      value.magnitude - (reference?.magnitude ?? 0) <= most / .seconds(1)
    case .lessThan(let limit): value.magnitude < limit.magnitude
    }
  }
}

extension Goal: CustomStringConvertible {
  var description: String {
    switch self {
    case .ratioAtLeast(let least, let aim):
      ">= \(Quantity.decimal(least, places: 1))"
        + (aim.map { ", aim \(Quantity.decimal($0, places: 0))" } ?? "")
    case .ratioAtMost(let most): "<= \(Quantity.decimal(most, places: 1))"
    case .lessThanReference: "< 1"
    case .overReference(atMost: let most): "<= +\(Quantity.time(most))"
    case .lessThan(let limit): "< \(limit)"
    }
  }
}
