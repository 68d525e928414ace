import PostgresClient

/// A name that somebody gave and that names nothing which he may read.
package struct UnknownName: Sendable, Hashable {
  /// The kind of what it should name, such as `dispute`, or an event's field.
  package let field: String
  package let value: String
  /// The codes that are written most like it.
  package fileprivate(set) var near: [String] = []
}

extension Ledger {
  /// Those of the names that name nothing now.
  ///
  /// - Parameters:
  ///   - names: By their kinds (office, dispute, guarantor, stage, currency, account, event), or by fields of an event.
  ///   - event: The event whose fields they are; `nil` for kinds.
  package func unknownNames(
    _ names: [String: String], of event: String? = nil
  ) async throws(LedgerError) -> [UnknownName] {
    let reading = Reading(
      "unknown_names", columns: ["field", "value", "near"], ["names": names.jsonObject, "event": event])
    return try await query(reading).rows.reduce(into: []) { found, row in
      let (field, value) = (row[0] ?? "", row[1] ?? "")
      if found.last?.field != field { found.append(UnknownName(field: field, value: value)) }
      if let near = row[2] { found[found.count - 1].near.append(near) }
    }
  }
}
