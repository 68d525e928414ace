import Testing

@testable import GuaranteeLedger

@Suite("JSON Lines event files")
struct JSONLinesFileTests {
  @Test("Strings, integers, booleans and null are read; names may come in any order and number")
  func reads() {
    let text = EventText.read(
      """
      {"key":"A","on":"2026-01-05","event":"detain","amount":120,"note":true}\r
      \t
      { "event" : "decide" , "amount":-5, "key":"B","office":null,"note":"" }
      {"key":"C"}
      {}
      {"key":"D","on":"2026-01-05","event":"detain","amount":"1.50","note":false}
      """)
    #expect(
      text
        == EventText(rows: [
          ["line": "1", "key": "A", "on": "2026-01-05", "event": "detain", "amount": "120", "note": "true"],
          ["line": "3", "event": "decide", "amount": "-5", "key": "B"],
          ["line": "4", "key": "C"],
          ["line": "5"],
          [
            "line": "6", "key": "D", "on": "2026-01-05", "event": "detain", "amount": "1.50", "note": "false",
          ],
        ]))
  }

  @Test("Escapes are decoded, and names may have them too")
  func escapes() {
    let text = EventText.read(#"{"\u006bey":"\"\\\/\b\f\n\r\t\u00e9\ud83e\uddfe保"}"#)
    #expect(text.rows == [["line": "1", "key": "\"\\/\u{8}\u{C}\n\r\té🧾保"]])
  }

  @Test("A byte order mark and blank lines may come first")
  func beginning() {
    #expect(EventText.read("\u{FEFF}\r\n \n{\"key\":\"A\"}").rows == [["line": "3", "key": "A"]])
  }

  struct Fault: CustomTestStringConvertible {
    let line: String
    let error: String

    var testDescription: String { line }
  }

  static let faults: [Fault] = [
    Fault(
      line: #"{"key":"B""#, error: "f, line 2: this is not JSON at character 11: a comma or } is missing."),
    Fault(line: #"{"key":"B"#, error: "f, line 2: this is not JSON at character 10: a string does not end."),
    Fault(line: #"{"key" "B"}"#, error: "f, line 2: this is not JSON at character 8: a colon is missing."),
    Fault(
      line: #"{key:"B"}"#,
      error: "f, line 2: this is not JSON at character 2: a string in double quotes is missing."),
    Fault(line: #"{"key":}"#, error: "f, line 2: this is not JSON at character 8: a value is missing."),
    Fault(
      line: #"{"key":"B",}"#,
      error: "f, line 2: this is not JSON at character 12: a string in double quotes is missing."),
    Fault(
      line: #"{"key":"B"} x"#,
      error: "f, line 2: this is not JSON at character 13: there is text behind the object."),
    Fault(
      line: #"{"key":"B"}{"key":"C"}"#,
      error: "f, line 2: this is not JSON at character 12: there is text behind the object."),
    Fault(line: #"{"key":tru}"#, error: "f, line 2: this is not JSON at character 8: a value is missing."),
    Fault(
      line: #"{"key":"\x"}"#, error: "f, line 2: this is not JSON at character 10: there is no such escape."),
    Fault(
      line: #"{"key":"\u12"}"#,
      error: #"f, line 2: this is not JSON at character 13: \u needs four hexadecimal digits."#),
    Fault(
      line: #"{"key":"\ud800"}"#,
      error: "f, line 2: this is not JSON at character 9: the escape is half of a pair of surrogates."),
    Fault(
      line: #"{"amount":01}"#, error: "f, line 2: this is not JSON at character 11: the number is malformed."),
    Fault(
      line: #"{"amount":-}"#, error: "f, line 2: this is not JSON at character 11: the number is malformed."),
    Fault(
      line: "{\"key\":\"a\tb\"}",
      error:
        "f, line 2: this is not JSON at character 10: a string has a control character that is not escaped."),
    Fault(line: #""key""#, error: "f, line 2: a line must be one JSON object, from { to }."),
    Fault(line: "[1]", error: "f, line 2: a line must be one JSON object, from { to }."),
    Fault(
      line: #"{"amount":1.5}"#,
      error:
        "f, line 2, column amount: the number is not an integer; put it in quotes, so that it is kept exactly."
    ),
    Fault(
      line: #"{"amount":1e3}"#,
      error:
        "f, line 2, column amount: the number is not an integer; put it in quotes, so that it is kept exactly."
    ),
    Fault(
      line: #"{"note":{}}"#,
      error:
        "f, line 2, column note: the value is an object or array; give a string, an integer or a boolean."),
    Fault(
      line: #"{"note":["x"]}"#,
      error:
        "f, line 2, column note: the value is an object or array; give a string, an integer or a boolean."),
    Fault(line: #"{"note":"a\u0000b"}"#, error: "f, line 2, column note: the string has a NUL character."),
    Fault(line: #"{"key":"B","key":"C"}"#, error: "f, line 2, column key: the object has this member twice."),
    Fault(
      line: #"{"ammount":"1"}"#,
      error: "f, line 2, column 'ammount': no event has a field called 'ammount'; perhaps 'amount' is meant."),
    Fault(line: "{\"key\":\"B\0\"}", error: "f, line 2: byte 10 of the line is NUL; the file is damaged."),
  ]

  @Test("Passes over a bad line", arguments: faults)
  func passesOver(_ fault: Fault) {
    let text = EventText.read("{\"key\":\"A\"}\n\(fault.line)\n{\"key\":\"C\"}\n")
    #expect(
      text
        == EventText(rows: [["line": "1", "key": "A"], ["line": "3", "key": "C"]], errors: [fault.error]))
  }

  @Test("A line that is not UTF-8 is named with the byte")
  func brokenText() {
    let text = EventText.read(Array("{\"key\":\"A\"}\n{\"key\":\"".utf8) + [0xFF] + Array("\"}".utf8))
    #expect(text.errors == ["f, line 2: byte 9 of the line is not UTF-8; save the file as UTF-8."])
  }

  @Test("A value of a million characters is refused, and so is an endless line")
  func longValues() {
    func line(_ length: Int) -> String { "{\"note\":\"\(String(repeating: "x", count: length))\"}\n" }
    #expect(EventText.read(line(65_536)).errors == [])
    #expect(
      EventText.read(line(1_000_000)).errors == [
        "f, line 1, column note: the value is longer than 65536 bytes."
      ])
    let endless = EventText.read(line(5_000_000) + "{\"key\":\"B\"}")
    #expect(endless.errors == ["f, line 1: the line is longer than 4194304 bytes."])
    #expect(endless.rows == [["line": "2", "key": "B"]])
  }
}
