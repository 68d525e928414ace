import Foundation
import Testing

@testable import GuaranteeLedger

@Suite("Batches of events")
struct EventBatchTests {
  /// Reads the batch with another JSON reader than our own.
  private func objects(_ batch: EventBatch) throws -> [[String: String]] {
    try JSONDecoder().decode([[String: String]].self, from: Data(batch.json.utf8))
  }

  @Test("No event is an empty array, and an event without fields an empty object")
  func empty() throws {
    #expect(try objects(EventBatch()) == [])
    var batch = EventBatch()
    batch.append(Event(key: "", on: "", name: ""))
    batch.append(Event(key: "A", on: "", name: "", fields: ["note": ""]))
    #expect(try objects(batch) == [[:], ["key": "A"]])
    #expect(batch.count == 2)
  }

  @Test("Every character of the first planes is escaped so that another reader gets it back")
  func escapes() throws {
    let scalars = (1..<0x3000).compactMap(Unicode.Scalar.init) + ["\u{10FFFF}", "\u{1F9FE}"]
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    let value = String(text)
    var batch = EventBatch()
    batch.append(Event(key: value, on: "x", name: "y", fields: [value: value]))
    #expect(try objects(batch) == [["key": value, "on": "x", "event": "y", value: value]])
  }

  @Test("A field can't take the place of the key, the date or the event's name")
  func disguise() throws {
    var batch = EventBatch()
    batch.append(Event(key: "A", on: "2026-01-05", name: "detain", fields: ["key": "B", "event": "draw"]))
    #expect(batch.json.hasSuffix(#""key":"A","on":"2026-01-05","event":"detain"}]"#))
  }

  @Test("Rows give the same events as their untyped form, without result and message")
  func rows() throws {
    let text = "key,on,event,note,result,message\nA,2026-01-05,detain,\"a\"\"\n\\\t保\",duplicate,no\nB,,,,,\n"
    let source = EventText.source(Array(text.utf8), pieceSize: 5)
    let file = EventFile(name: "f", byteCount: nil, source: source, fields: EventText.fields)
    var rows = EventBatch()
    var events = EventBatch()
    while let row = try file.next() {
      rows.append(row)
      events.append(row.event)
    }
    let expected = [["key": "A", "on": "2026-01-05", "event": "detain", "note": "a\"\n\\\t保"], ["key": "B"]]
    #expect(try objects(rows) == expected)
    #expect(try objects(events) == expected)
  }
}
