import Glibc
import GuaranteeLedger

extension Workload {
  private static let columns = [
    "key", "on", "event", "office", "zone", "party", "kind", "instruments", "recordal", "valid_from",
    "dispute", "procedure", "right_holder", "consignor", "guarantor", "lot", "amount", "currency",
    "instrument", "reference",
  ]

  /// Writes an event file. No value has anything in it that would need quotes.
  func write(to path: String) throws {
    guard let file = fopen(path, "w") else { throw BenchmarkError("\(path) could not be written.") }
    fputs(Self.columns.joined(separator: ",") + "\n", file)
    for event in self {
      let always = ["key": event.key, "on": event.on, "event": event.name]
      let cells = Self.columns.map { always[$0] ?? event.fields[$0] ?? "" }
      fputs(cells.joined(separator: ",") + "\n", file)
    }
    guard fclose(file) == 0 else { throw BenchmarkError("\(path) could not be written.") }
  }
}
