import Glibc

/// A line that somebody writes on the terminal, with the keys that one expects: arrows, deleting whole characters of any
/// width, Tab, and pasted text that stays one answer.
struct WrittenLine {
  /// Whether the terminal can do what it takes.
  static var isPossible: Bool {
    Terminal.isStandardInput && Terminal.isStandardError && Environment["TERM"] != "dumb"
  }

  private let prompt: String
  private let columns: Int
  private let sink = ByteSink.standardError()
  private var editor: LineEditor

  /// - Parameter candidates: What the line may be.
  init(_ prompt: String, candidates: [String]) {
    self.prompt = prompt
    columns = Terminal.errorColumns ?? HelpText.lineWidth
    editor = LineEditor(candidates: candidates)
  }

  /// What was written; `nil` when there is no more input.
  ///
  /// - Throws: `Failure` when ^C was pressed.
  mutating func read() throws -> String? {
    var usual = termios()
    guard tcgetattr(STDIN_FILENO, &usual) == 0 else { return readLine() }
    enter(usual)
    defer { leave(usual) }
    try draw()
    var keys = LineKeyReader()
    while true {
      var byte: UInt8 = 0
      let count = Glibc.read(STDIN_FILENO, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count == 1 else { return nil }
      guard let key = keys.read(byte) else { continue }
      switch editor.apply(key) {
      case .going: if !isMoreWaiting { try draw() }
      case .ambiguous(let texts):
        try sink.write("\r\n" + Self.listed(texts, columns) + "\r\n")
        try draw()
      case .suspended:
        leave(usual)
        raise(SIGTSTP)
        enter(usual)
        try draw()
      case .done:
        try finish(editor.text)
        return editor.text
      case .ended:
        try finish("")
        return nil
      case .interrupted:
        try finish(editor.text + "^C")
        throw Failure(.interrupted, "Stopped: nothing was recorded.")
      }
    }
  }

  /// Keys come one by one, ^C too, and pasted text is told from typed.
  private func enter(_ usual: termios) {
    var raw = usual
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw)
    try? sink.write("\u{1B}[?2004h")
    try? sink.flush()
  }

  private func leave(_ usual: termios) {
    var usual = usual
    try? sink.write("\u{1B}[?2004l")
    try? sink.flush()
    tcsetattr(STDIN_FILENO, TCSADRAIN, &usual)
  }

  private var isMoreWaiting: Bool {
    var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&input, 1, 0) > 0
  }

  private func draw() throws {
    let width = DisplayWidth.of(prompt)
    let view = editor.view(columns: max(8, columns - width - 1))
    try sink.write("\r\u{1B}[K" + prompt + TerminalText.safe(view.text))
    let back = DisplayWidth.of(view.text) - view.cursor
    if back > 0 { try sink.write("\u{1B}[\(back)D") }
    try sink.flush()
  }

  private func finish(_ text: String) throws {
    try sink.write("\r\u{1B}[K" + prompt + TerminalText.safe(text) + "\r\n")
    try sink.flush()
  }

  private static let mostListed = 40

  private static func listed(_ texts: [String], _ columns: Int) -> String {
    let shown =
      texts.prefix(mostListed).map { TerminalText.safe($0) } + (texts.count > mostListed ? ["…"] : [])
    return LineFolding.folded(shown.joined(separator: "  "), columns: columns).joined(separator: "\r\n")
  }
}
