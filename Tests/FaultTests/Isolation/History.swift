import ReferenceLedger

/// What several writers asked of a ledger at once, and what they were answered.
struct History: Sendable {
  /// One event in one batch.
  struct Operation: Sendable {
    let event: [String: String]
    let result: String

    var key: String { event["key"] ?? "" }
    /// Whose book it belongs to; the register's has no name.
    var office: String { event["office"] ?? "" }
    /// The party that must have been registered before.
    var party: String? { event["event"] == "register_party" ? nil : event["guarantor"] }
  }

  /// One call of one writer: a transaction.
  struct Batch: Sendable {
    let begun: ContinuousClock.Instant
    let ended: ContinuousClock.Instant
    let operations: [Operation]
  }

  var batches: [Batch] = []
  /// What went wrong on the way.
  var failures: [String] = []

  var operations: [Operation] { batches.flatMap(\.operations) }
}

extension History {
  /// What does not fit, a line each: the operations must have an order that agrees with each office's book, with
  /// what each saw of the register, and with who was answered before whom; and one plain ledger that takes them in
  /// that order, one by one, must give each the same result.
  ///
  /// - Parameter moments: when the books say that the event of a key was recorded or refused, in microseconds.
  func findings(_ moments: [String: Int], rules: Rules, today: Day) -> [String] {
    let operations = operations
    let unplaced = operations.filter { moments[$0.key] == nil }.map {
      "\($0.key) is in no book, told \($0.result)"
    }
    guard unplaced.isEmpty else { return failures + unplaced }
    guard let order = order(moments).sorted() else {
      return failures + ["the operations depend on each other in a circle"]
    }
    var model = ReferenceLedger(rules: rules)
    for event in Register.opening { _ = model.record(event, today: today) }
    let different = order.filter { $0 < operations.count }.compactMap { index -> String? in
      let operation = operations[index]
      let expected = model.record(operation.event, today: today)
      return expected == operation.result
        ? nil : "\(operation.key) is \(operation.result), one by one it would be \(expected)"
    }
    return failures + different
  }

  /// The operations by their number, and behind them one node for the end of each batch.
  private func order(_ moments: [String: Int]) -> DependencyGraph {
    let operations = operations
    var graph = DependencyGraph(count: operations.count + batches.count)
    var batchOf: [Int] = []
    for (number, batch) in batches.enumerated() {
      let first = batchOf.count
      batchOf += batch.operations.map { _ in number }
      for index in first..<batchOf.count {
        graph.add(from: index, to: operations.count + number)
        if index > first { graph.add(from: index - 1, to: index) }
      }
    }
    addBooks(operations, batchOf, moments, to: &graph)
    addRegister(operations, to: &graph)
    addTime(operations.count, batchOf, to: &graph)
    return graph
  }

  /// In each book, one batch after the other, and in a batch one event after the other.
  private func addBooks(
    _ operations: [Operation], _ batchOf: [Int], _ moments: [String: Int], to graph: inout DependencyGraph
  ) {
    for (_, book) in Dictionary(grouping: operations.indices, by: { operations[$0].office }) {
      let first = Dictionary(
        book.map { (batchOf[$0], moments[operations[$0].key] ?? 0) }, uniquingKeysWith: min)
      let sorted = book.sorted {
        (first[batchOf[$0]] ?? 0, $0) < (first[batchOf[$1]] ?? 0, $1)
      }
      for (before, after) in zip(sorted, sorted.dropFirst()) { graph.add(from: before, to: after) }
    }
  }

  /// Who knew a party comes after its registration, who didn't before.
  private func addRegister(_ operations: [Operation], to graph: inout DependencyGraph) {
    var registered: [String: Int] = [:]
    for (index, operation) in operations.enumerated()
    where operation.event["event"] == "register_party" && operation.result == "recorded" {
      registered[operation.event["party"] ?? ""] = index
    }
    for (index, operation) in operations.enumerated() {
      guard let party = operation.party, let registration = registered[party] else { continue }
      if operation.result == "unknown_party" {
        graph.add(from: index, to: registration)
      } else {
        graph.add(from: registration, to: index)
      }
    }
  }

  /// What was answered before something else was sent comes before it.
  private func addTime(_ firstEnd: Int, _ batchOf: [Int], to graph: inout DependencyGraph) {
    let ends = batches.indices.sorted { batches[$0].ended < batches[$1].ended }
    for (before, after) in zip(ends, ends.dropFirst()) {
      graph.add(from: firstEnd + before, to: firstEnd + after)
    }
    for (index, batch) in batchOf.enumerated() {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if batches[ends[middle]].ended < batches[batch].begun { low = middle + 1 } else { high = middle }
      }
      if low > 0 { graph.add(from: firstEnd + ends[low - 1], to: index) }
    }
  }
}

/// Which of some things must come before which.
struct DependencyGraph {
  private var followers: [[Int]]
  private var predecessorCount: [Int]

  init(count: Int) {
    followers = Array(repeating: [], count: count)
    predecessorCount = Array(repeating: 0, count: count)
  }

  mutating func add(from before: Int, to after: Int) {
    followers[before].append(after)
    predecessorCount[after] += 1
  }

  /// An order that agrees with all dependencies; `nil` when some go round in a circle.
  func sorted() -> [Int]? {
    var missing = predecessorCount
    var order = missing.indices.filter { missing[$0] == 0 }
    var next = 0
    while next < order.count {
      for follower in followers[order[next]] {
        missing[follower] -= 1
        if missing[follower] == 0 { order.append(follower) }
      }
      next += 1
    }
    return order.count == missing.count ? order : nil
  }
}
