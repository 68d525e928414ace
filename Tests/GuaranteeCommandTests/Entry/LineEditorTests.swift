import Testing

@testable import GuaranteeCommand

@Suite("A line that is written on a terminal")
struct LineEditorTests {
  /// What becomes of the bytes that a terminal sends, one after the other.
  private func written(_ sent: String, _ candidates: [String] = []) -> (LineEditor, [LineEditor.Outcome]) {
    var editor = LineEditor(candidates: candidates)
    var keys = LineKeyReader()
    let outcomes = Array(sent.utf8).compactMap { keys.read($0) }.map { editor.apply($0) }
    return (editor, outcomes)
  }

  @Test(
    "Every key does what its label says",
    arguments: [
      ("青岛银行\u{7F}\u{7F}海关", "青岛海关"),
      ("AC\u{1B}[DB", "ABC"), ("BC\u{1B}[HA\u{1B}[FD", "ABCD"), ("BC\u{1B}OHA\u{01}>\u{05}<", ">ABC<"),
      ("ABX\u{1B}[D\u{1B}[3~C", "ABC"), ("one two\u{17}", "one "), ("gone\u{15}here", "here"),
      ("stays\u{1B}[D\u{1B}[D\u{0B}", "sta"), ("A\u{1B}[1;5DB", "BA"), ("A\u{1B}[15~\u{1B}xB\u{07}", "AB"),
      ("\u{7F}\u{1B}[D\u{1B}[CA", "A"), ("e\u{301}\u{7F}x", "x"),
    ])
  func keys(_ sent: String, _ text: String) {
    #expect(written(sent).0.text == text)
  }

  @Test("Pasted lines and tabs are one answer, and keys are keys again behind it")
  func pasted() {
    let (editor, outcomes) = written("\u{1B}[200~slip 17\r\n1,200\tCNY\u{1B}[201~\r")
    #expect(editor.text == "slip 17  1,200 CNY")
    #expect(outcomes.last == .done && outcomes.count { $0 == .done } == 1)
  }

  @Test("A character that was cut off takes nothing with it")
  func cutOff() {
    var keys = LineKeyReader()
    let bytes: [UInt8] = [0xE9, 0x9D, 0x41, 0xFF, 0x42]
    #expect(bytes.compactMap { keys.read($0) } == [.character("A"), .character("B")])
  }

  @Test("^C stops, ^D ends a line without text only, also when it came early")
  func ends() {
    #expect(written("A\u{03}").1.last == .interrupted)
    #expect(written("A\u{04}").1.last == .going)
    #expect(written("\u{04}").1.last == .ended)
    #expect(written("\u{0}").1.last == .ended)
  }

  @Test("Tab completes as far as is sure, then names what is left; the arrows go through all there is")
  func completed() {
    let codes = ["QD-2025-0101", "QD-2025-0102", "HRB-1"]
    #expect(written("h\t", codes).0.text == "HRB-1")
    #expect(written("q\t", codes).0.text == "QD-2025-010")
    #expect(written("q\t\t", codes).1.last == .ambiguous(Array(codes.prefix(2))))
    #expect(written("x\t", codes).0.text == "x")
    #expect(written("\u{1B}[B\u{1B}[B", codes).0.text == codes[1])
    #expect(written("\u{1B}[A", codes).0.text == codes[2])
  }

  @Test("What is wider than the window is shown around the cursor, which is where characters say")
  func seen() {
    let (editor, _) = written("青岛海关\u{1B}[D")
    #expect(editor.view(columns: 20) == ("青岛海关", 6))
    let (long, _) = written("abcdefghij")
    #expect(long.view(columns: 5) == ("ghij", 4))
  }
}
