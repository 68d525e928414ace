/// One event as it stands in a file.
public struct EventRow: Sendable {
  /// The line on which the row begins, counted from 1.
  public let line: Int
  /// The event as text.
  public var event: Event { Event(key: "", on: "", name: "") }
  /// The row's key; empty when it has none.
  public var key: String { "" }

  /// The row in the input's own form with the result and message behind, ready to be mended and recorded.
  ///
  /// It ends with a line break.
  package func reject(result: String, message: String) -> String { "" }
}
