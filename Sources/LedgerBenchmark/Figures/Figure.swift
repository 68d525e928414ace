/// One line of the table: what was measured, beside what, and what it was to be.
struct Figure: Sendable {
  let name: String
  let value: Quantity
  /// What the figure is measured against, by name; `nil` for a figure that stands alone.
  let reference: (name: String, value: Quantity)?
  /// `nil` for a figure that is only good to know.
  let goal: Goal?

  init(
    _ name: String, _ value: Quantity, against reference: (name: String, value: Quantity)? = nil,
    goal: Goal? = nil
  ) {
    self.name = name
    self.value = value
    self.reference = reference
    self.goal = goal
  }

  /// The figure as a multiple of the reference.
  var ratio: Double? { reference.map { value.magnitude / $0.value.magnitude } }

  /// `nil` without a goal.
  var isMet: Bool? { goal.map { $0.isMet(by: value, reference: reference?.value) } }
}
