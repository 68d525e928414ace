import Synchronization

/// A line on standard error that says what takes so long, once it takes longer than a second; none without a terminal.
enum Waiting {
  private enum State {
    case idle, silent, shown
  }

  private static let state = Mutex(State.idle)

  /// Does what may take long.
  static func showing<Value>(_ what: Phrase, _ body: () async throws -> Value) async rethrows -> Value {
    guard Terminal.isStandardError else { return try await body() }
    state.withLock { $0 = .silent }
    let line = Task {
      for seconds in 1... {
        guard (try? await Task.sleep(for: .seconds(1))) != nil else { return }
        show("\(what) … \(TimeLeft.text(seconds: seconds))")
      }
    }
    defer {
      line.cancel()
      clear()
    }
    return try await body()
  }

  /// Takes the line away for good, since something is to be printed.
  static func clear() {
    state.withLock { state in
      if state == .shown { ProgressLine.show("") }
      state = .idle
    }
  }

  private static func show(_ text: Phrase) {
    state.withLock { state in
      guard state != .idle else { return }
      state = .shown
      ProgressLine.show(text)
    }
  }
}

/// The one line of a terminal in which progress is shown.
enum ProgressLine {
  static func show(_ text: Phrase) {
    let sink = ByteSink.standardError()
    try? sink.write("\r\u{1B}[K" + text.text)
    try? sink.flush()
  }
}

/// Times as people say them.
enum TimeLeft {
  static func text(seconds: Int) -> Phrase {
    switch seconds {
    case ..<60: "\(seconds) s"
    case ..<3600: "\(seconds / 60) min \(seconds % 60) s"
    default: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
    }
  }
}
