import Testing

@testable import GuaranteeLedger

@Suite("CSV event files")
struct CSVFileTests {
  struct Reading: CustomTestStringConvertible {
    let name: String
    let text: String
    let rows: [[String: String]]

    var testDescription: String { name }
  }

  private static let one = ["line": "2", "key": "A", "on": "2026-01-05", "event": "detain"]

  static let readings: [Reading] = [
    Reading(name: "a plain row", text: "key,on,event\nA,2026-01-05,detain\n", rows: [one]),
    Reading(name: "no line break at the end", text: "key,on,event\nA,2026-01-05,detain", rows: [one]),
    Reading(name: "CRLF", text: "key,on,event\r\nA,2026-01-05,detain\r\n", rows: [one]),
    Reading(name: "lone CR", text: "key,on,event\rA,2026-01-05,detain\r", rows: [one]),
    Reading(name: "a byte order mark", text: "\u{FEFF}key,on,event\nA,2026-01-05,detain\n", rows: [one]),
    Reading(name: "other column order", text: "event,key,on\ndetain,A,2026-01-05\n", rows: [one]),
    Reading(
      name: "everything quoted", text: "\"key\",\"on\",\"event\"\n\"A\",\"2026-01-05\",\"detain\"\n",
      rows: [one]),
    Reading(name: "tabs for commas", text: "key\ton\tevent\nA\t2026-01-05\tdetain\n", rows: [one]),
    Reading(
      name: "tabs for commas, and commas in values",
      text: "key\ton\tevent\tnote\r\nA\t2026-01-05\tdetain\t\"a\tb, c\"\r\nB\t2026-01-05\tdetain\tx, y 保\r\n",
      rows: [
        one.merging(["note": "a\tb, c"]) { $1 },
        ["line": "3", "key": "B", "on": "2026-01-05", "event": "detain", "note": "x, y 保"],
      ]),
    Reading(name: "header only", text: "key,on,event\n", rows: []),
    Reading(name: "header without line break", text: "key,on,event", rows: []),
    Reading(
      name: "blank lines are passed over", text: "\n\r\nkey,on,event\n\n\nA,2026-01-05,detain\r\n\r\n\n",
      rows: [one.merging(["line": "6"]) { $1 }]),
    Reading(
      name: "quotes, commas and line breaks in values",
      text: "key,on,event,note\nA,2026-01-05,detain,\"a \"\"b\"\", c\r\nd\ne\"\nB,2026-01-05,detain,x\n",
      rows: [
        one.merging(["note": "a \"b\", c\r\nd\ne"]) { $1 },
        ["line": "5", "key": "B", "on": "2026-01-05", "event": "detain", "note": "x"],
      ]),
    Reading(
      name: "empty cells, quoted or not, are absent",
      text: "key,on,event,note,office\nA,2026-01-05,detain,\"\",\n",
      rows: [one]),
    Reading(
      name: "a row of empty cells is a row", text: "key,on,event\n,,\n", rows: [["line": "2"]]),
    Reading(
      name: "text of all scripts", text: "key,on,event,note\nA,2026-01-05,detain,保证金 ٣ 🧾 é\n",
      rows: [one.merging(["note": "保证金 ٣ 🧾 é"]) { $1 }]),
    Reading(
      name: "blanks belong to the value", text: "key,on,event,note\nA,2026-01-05,detain, x \n",
      rows: [one.merging(["note": " x "]) { $1 }]),
    Reading(
      name: "result and message of a file of rejects",
      text: "key,on,event,result,message\nA,2026-01-05,detain,duplicate,It is there.\n",
      rows: [one.merging(["result": "duplicate", "message": "It is there."]) { $1 }]),
  ]

  @Test("Reads", arguments: readings)
  func reads(_ reading: Reading) {
    #expect(EventText.read(reading.text) == EventText(rows: reading.rows))
  }

  struct Fault: CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let error: String
    var keysRead: [String] = []

    init(_ name: String, _ text: String, _ error: String, keysRead: [String] = []) {
      self.init(name, Array(text.utf8), error, keysRead: keysRead)
    }

    init(_ name: String, _ bytes: [UInt8], _ error: String, keysRead: [String] = []) {
      (self.name, self.bytes, self.error, self.keysRead) = (name, bytes, error, keysRead)
    }

    var testDescription: String { name }
  }

  static let endings: [Fault] = [
    Fault(
      "empty file", "",
      "f, line 1: the file is empty; its first line should name the columns, such as key,on,event."),
    Fault(
      "blanks only", " \n\n",
      "f, line 1: the file is empty; its first line should name the columns, such as key,on,event."),
    Fault(
      "a byte order mark only", "\u{FEFF}",
      "f, line 1: the file is empty; its first line should name the columns, such as key,on,event."),
    Fault("UTF-16", [0xFF, 0xFE, 0x6B, 0], "f, line 1: the file is UTF-16 and not UTF-8; save it as UTF-8."),
    Fault(
      "truncated in a quoted value",
      "key,on,event,note\nA,2026-01-05,detain,x\nB,2026-01-05,detain,\"cut\noff",
      "f, line 3, column note: the file ends inside the quoted value that begins here.", keysRead: ["A"]),
    Fault(
      "text behind a closing quote", "key,on,event\nA,2026-01-05,\"detain\"x\nB,2026-01-05,detain\n",
      "f, line 2, column event: there is text behind the closing quote; double the quotes that belong to the value."
    ),
    Fault(
      "a quote inside a bare value", "key,on,event\nA\"B,2026-01-05,detain\n",
      "f, line 2, column key: there is a quote inside the value; put the whole value in quotes and double those in it."
    ),
    Fault(
      "unknown column", "key,on,event,ofice\n",
      "f, line 1, column 4: no event has a field called 'ofice'; perhaps 'office' is meant."),
    Fault(
      "unknown column far from any", "key,on,event,zzzzzzz\n",
      "f, line 1, column 4: no event has a field called 'zzzzzzz'."),
    Fault(
      "another case", "Key,on,event\n",
      "f, line 1, column 1: no event has a field called 'Key'; perhaps 'key' is meant."),
    Fault(
      "column twice", "key,on,event,note,note\n",
      "f, line 1, column 5: the header names 'note' a second time."),
    Fault("nameless column", "key,on,event,\n", "f, line 1, column 4: the header has no name here."),
    Fault("no key", "on,event\nx,y\n", "f, line 1: the header has no column 'key'; every event needs it."),
    Fault("no on", "key,event\n", "f, line 1: the header has no column 'on'; every event needs it."),
    Fault("no event", "key,on\n", "f, line 1: the header has no column 'event'; every event needs it."),
    Fault(
      "semicolons", "key;on;event\n",
      "f, line 1: the columns are separated by ';'; save the file with commas or tabs between them."),
    Fault(
      "a JSON array", "[{}]",
      "f, line 1: this is a JSON array; write one object a line, without brackets and commas around them."),
    Fault(
      "NUL in the header", "ke\0y,on,event\nA,b,c\n",
      "f, line 1, column 1: there is a NUL byte; the file is damaged, or it is not UTF-8 text."),
    Fault(
      "a header in another encoding", Array("key,on,event,not".utf8) + [0xE9] + Array("\n".utf8),
      "f, line 1, column 4: byte 4 of the value (0xE9) is not UTF-8; save the file as UTF-8."),
    Fault(
      "a name that would upset a terminal", "key,on,event,\u{1B}[2J\n",
      "f, line 1, column 4: no event has a field called '\u{FFFD}[2J'."),
  ]

  @Test("Ends with an error", arguments: endings)
  func endsWithError(_ fault: Fault) {
    let text = EventText.read(fault.bytes)
    #expect(text.errors == [fault.error])
    #expect(text.rows.compactMap { $0["key"] } == fault.keysRead)
  }

  /// A good row, a bad one, and one behind it.
  private static func between(_ bad: [UInt8]) -> [UInt8] {
    Array("key,on,event,note\nA,2026-01-05,detain,\n".utf8) + bad + Array("\nC,2026-01-05,detain,\n".utf8)
  }

  static let badRows: [Fault] = [
    Fault(
      "too short", between(Array("B,2026-01-05".utf8)),
      "f, line 3: the row has 2 values for the 4 columns of the header."),
    Fault(
      "one value", between(Array("B".utf8)),
      "f, line 3: the row has one value for the 4 columns of the header."),
    Fault(
      "too long", between(Array("B,2026-01-05,detain,x,y,z".utf8)),
      "f, line 3: the row has more values than the 4 columns of the header."),
    Fault(
      "a NUL byte", between(Array("B,2026-01-05,det\0ain,".utf8)),
      "f, line 3, column event: there is a NUL byte; the file is damaged, or it is not UTF-8 text."),
    Fault(
      "a NUL byte in quotes", between(Array("B,2026-01-05,\"\0\",".utf8)),
      "f, line 3, column event: there is a NUL byte; the file is damaged, or it is not UTF-8 text."),
    Fault(
      "broken UTF-8", between(Array("B,2026-01-05,detain,caf".utf8) + [0xE9]),
      "f, line 3, column note: byte 4 of the value (0xE9) is not UTF-8; save the file as UTF-8."),
    Fault(
      "broken UTF-8 on a later line of a value",
      between(Array("B,2026-01-05,detain,\"a\n\n".utf8) + [0xC0, 0x80, 0x22]),
      "f, line 5, column note: byte 4 of the value (0xC0) is not UTF-8; save the file as UTF-8."),
    Fault(
      "the header again", between(Array("key,on,event,note".utf8)),
      "f, line 3: the header stands here again; take this line out."),
  ]

  @Test("Passes over a bad row", arguments: badRows)
  func passesOver(_ fault: Fault) {
    let text = EventText.read(fault.bytes)
    #expect(text.errors == [fault.error])
    #expect(text.rows.compactMap { $0["key"] } == ["A", "C"])
  }

  @Test("A value may have 65 536 bytes and no more")
  func longValues() {
    func text(_ length: Int, quote: String = "") -> [UInt8] {
      Self.between(Array("B,2026-01-05,detain,\(quote)\(String(repeating: "x", count: length))\(quote)".utf8))
    }
    #expect(EventText.read(text(65_536)).errors == [])
    #expect(EventText.read(text(65_536, quote: "\"")).errors == [])
    let bare = EventText.read(text(1_000_000))
    #expect(bare.errors == ["f, line 3, column note: the value is longer than 65536 bytes."])
    #expect(bare.rows.compactMap { $0["key"] } == ["A", "C"])
    let quoted = EventText.read(text(65_537, quote: "\""))
    #expect(
      quoted.errors == [
        "f, line 3, column note: the value is longer than 65536 bytes; a closing quote may be missing."
      ])
  }

  @Test("A header or row of a million values is refused without keeping them")
  func manyValues() {
    let commas = String(repeating: ",", count: 1_000_000)
    #expect(EventText.read("key\(commas)\n").errors == ["f, line 1, column 2: the header has no name here."])
    #expect(EventText.read(Self.between(Array("B\(commas)".utf8))).rows.count == 2)
  }

  @Test("Every text of up to five special bytes is read alike in pieces and whole")
  func exhaustive() {
    let bytes = Array(",\"\r\nx\0".utf8)
    var texts: [[UInt8]] = [[]]
    for _ in 0..<5 {
      texts = texts.flatMap { text in bytes.map { text + [$0] } }
      for text in texts {
        let file = Array("key,on,event\n".utf8) + text
        let whole = EventText.read(file, pieceSize: 1024)
        #expect(EventText.read(file, pieceSize: 1) == whole)
      }
    }
  }
}
