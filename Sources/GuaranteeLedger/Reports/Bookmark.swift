/// Where a page of rows ended: the next one begins after it.
///
/// It is a row's place among the others and no snapshot, so it holds as long as the ledger does, also when the
/// row itself no longer comes. As text it can be given to a client and taken back:
///
/// ```swift
/// let start = request["after"].flatMap { Bookmark<DisputePosition>($0) }
/// let page = try await ledger.disputes(office: "QINGDAO", after: start, limit: 100).all()
/// response["after"] = page.last?.bookmark.description
/// ```
public struct Bookmark<Row: Sendable>: Sendable, Hashable {
  /// The row's values in the columns by which the rows are sorted; `nil` where it has none.
  let values: [String?]

  init(_ values: [String?]) { self.values = values }
}

extension Bookmark: LosslessStringConvertible {
  /// No code has a control character, so these tell one value from the next, and nothing from an empty text.
  private static var separator: Character { "\t" }
  private static var nothing: String { "\u{1}" }

  /// Reads what `description` gave; `nil` for what can be no bookmark of such a row.
  public init?(_ description: String) {
    let parts = description.split(separator: Self.separator, omittingEmptySubsequences: false)
    guard let row = Row.self as? any PageableRow.Type, parts.count == row.order.count else { return nil }
    self.init(parts.map { $0 == Self.nothing ? nil : String($0) })
  }

  /// The bookmark as a text with tabs in it, which URLs and forms have to escape.
  public var description: String {
    values.map { $0 ?? Self.nothing }.joined(separator: String(Self.separator))
  }
}
