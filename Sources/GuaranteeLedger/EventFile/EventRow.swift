/// One event as it stands in a file.
public struct EventRow: Sendable {
  /// The line on which the row begins, counted from 1.
  public let line: Int

  let shape: EventColumns
  /// The values one behind the other, as UTF-8.
  let bytes: [UInt8]
  /// Where each value ends in `bytes`.
  let ends: [Int]

  /// The row's columns or members, in the file's order.
  public var columns: [String] { shape.names }

  /// The row's values, one for each column, as they stand in the file; empty where nothing stands.
  public var cells: [String] { ends.indices.map(text(at:)) }

  /// The row's key; empty when it has none.
  public var key: String { self["key"] ?? "" }

  /// The row as an event; empty values are fields not given.
  public var event: Event {
    var event = Event(key: "", on: "", name: "")
    for (index, name) in shape.names.enumerated() where shape.jsonPrefixes[index] != nil {
      let value = text(at: index)
      switch name {
      case "key": event.key = value
      case "on": event.on = value
      case "event": event.name = value
      default: if !value.isEmpty { event.fields[name] = value }
      }
    }
    return event
  }

  /// The value of a column; `nil` when the row has no such column.
  public subscript(column: String) -> String? {
    shape.names.firstIndex(of: column).map(text(at:))
  }

  func range(at index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  private func text(at index: Int) -> String {
    String(decoding: bytes[range(at: index)], as: UTF8.self)
  }
}
