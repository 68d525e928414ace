import Glibc

/// What is kept on a terminal.
struct WatchedScreen {
  let title: Phrase
  let text: String
  /// Whether there is more than was read.
  let isMore: Bool
  /// Why it is not of now; `nil` when it is.
  var trouble: Phrase?
}

/// A terminal on which whole screens are drawn, beside the one that it had, which comes back.
struct DrawnTerminal {
  private let sink = ByteSink.standardOutput()

  /// Goes to the other screen, and hides the cursor.
  init() { send("\u{1B}[?1049h\u{1B}[?25l") }

  /// Comes back to the screen that was there, with the cursor where it was.
  func leave() { send("\u{1B}[?25h\u{1B}[?1049l") }

  func draw(_ screen: WatchedScreen) {
    // Lines are written over those before, so that nothing flickers.
    let lines = Self.lines(of: screen, height: WindowSize.current.lines)
    send("\u{1B}[H" + lines.joined(separator: "\u{1B}[K\r\n") + "\u{1B}[K\u{1B}[J")
  }

  /// The screen's lines, no more than the window has.
  static func lines(of screen: WatchedScreen, height: Int) -> [String] {
    let title = TerminalText.safe((screen.trouble ?? screen.title).text)
    let lines = screen.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      .dropLastEmpty()
    let room = max(1, height - 1)
    let isWhole = lines.count <= room && !screen.isMore
    let shown = isWhole ? lines[...] : lines.prefix(room - 1)
    return [title] + shown + (isWhole ? [] : [Phrase("There is more below; a larger window shows it.").text])
  }

  private func send(_ text: String) {
    try? sink.write(text)
    try? sink.flush()
  }
}

extension [String] {
  fileprivate func dropLastEmpty() -> [String] { last?.isEmpty == true ? dropLast() : self }
}

/// The time of day by this machine's clock, for people.
enum ClockTime {
  static var now: String {
    var seconds = time(nil)
    var parts = tm()
    guard localtime_r(&seconds, &parts) != nil else { return "" }
    return [parts.tm_hour, parts.tm_min, parts.tm_sec].map { ($0 < 10 ? "0" : "") + String($0) }
      .joined(separator: ":")
  }
}
