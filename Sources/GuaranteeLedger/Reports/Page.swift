/// Which of a reading's rows are wanted, as the database's `page_of` takes it. The query is made there, since people's pages
/// are read with rights that they don't have themselves.
struct Page: Sendable {
  /// What rows have to be.
  struct Filter: Sendable {
    enum Condition: String, Sendable {
      /// The column has the value.
      case equal
      /// The column is of the day or a later one.
      case since
      /// The row runs out within so many days.
      case dueWithin = "due_within"
      /// Something of the row's dispute does.
      case ofDisputesDueWithin = "of_disputes_due_within"
      /// The row is of a dispute at that stage, or that the guarantor stands in.
      case ofDisputes = "of_disputes"
    }

    let condition: Condition
    let column: String
    let value: String
  }

  var filters: [Filter] = []
  /// What rows are sorted by.
  var order: [OrderItem] = []
  /// Whether they have to be sorted so, and aren't already by the reading itself.
  var isSorted = false
  /// The values that the row before the page has in what is sorted by; `nil` for the first page.
  var after: [String?]?
  /// How many rows are wanted at most; `nil` for all.
  var limit: Int?

  /// As `page_of` takes it: flags are members that are there or not.
  var json: String {
    let filters = filters.map {
      ["is": $0.condition.rawValue, "column": $0.column, "value": $0.value].jsonObject
    }
    let order = order.enumerated().map { index, item in
      var members = item.members
      members["after"] = after?[index]
      return members.jsonObject
    }
    var rows: [String: String] = [:]
    rows["limit"] = limit.map(String.init)
    rows["is_sorted"] = isSorted ? "yes" : nil
    rows["is_later"] = after == nil ? nil : "yes"
    let lists = [("filters", filters), ("order", order)].map { "\"\($0)\":[\($1.joined(separator: ","))]" }
    return "{\"rows\":\(rows.jsonObject),\(lists.joined(separator: ","))}"
  }
}

extension OrderItem {
  fileprivate var members: [String: String] {
    var members = ["column": column]
    switch comparison {
    case .value: break
    case .emptyLast: members["is_empty_last"] = "yes"
    case .ranked(let codes): members["ranks"] = codes.jsonArray
    }
    members["is_descending"] = isDescending ? "yes" : nil
    return members
  }
}
