import Glibc

/// A password as people give it: never as an argument, and never to be seen.
enum Password {
  /// The first line of standard input.
  ///
  /// - Throws: `Failure` when there is none.
  static func read() throws(Failure) -> String {
    guard let line = readLine(), !line.isEmpty else {
      throw Failure(.usage, "There is no password on standard input.")
    }
    return line
  }

  /// Asks for it twice on the terminal, which doesn't show it.
  ///
  /// - Returns: `nil` when there is no terminal, or nothing was typed.
  static func ask(for login: String) throws(Failure) -> String? {
    guard Terminal.isStandardInput else { return nil }
    guard let first = line(asking: "Password for \(login) (none: press Enter): "), !first.isEmpty else {
      return nil
    }
    guard line(asking: "Once more: ") == first else {
      throw Failure(.usage, "The two passwords differ: nothing was changed.")
    }
    return first
  }

  private static func line(asking question: Phrase) -> String? {
    let sink = ByteSink.standardError()
    try? sink.write(TerminalText.safe(question.text))
    try? sink.flush()
    var shown = termios()
    let isKnown = tcgetattr(STDIN_FILENO, &shown) == 0
    var hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO)
    if isKnown { tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) }
    let line = readLine()
    if isKnown { tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown) }
    try? sink.write("\n")
    try? sink.flush()
    return line
  }
}
