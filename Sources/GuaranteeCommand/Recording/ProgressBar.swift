/// A line on standard error that says how far a long recording is; silent where there is no terminal.
struct ProgressBar {
  private static let width = 30
  private let isShown: Bool
  private let totalBytes: Int
  private var lastPercent = -1

  /// - Parameters:
  ///   - totalBytes: the size of all input, 0 when it is not known.
  ///   - isShown: whether there is a terminal that the bar does not disturb.
  init(totalBytes: Int, isShown: Bool) {
    self.totalBytes = totalBytes
    self.isShown = isShown
  }

  mutating func update(bytes: Int, events: Int) {
    guard isShown else { return }
    guard totalBytes > 0 else { return Self.show("\(NumberGrouping.grouped(String(events))) events") }
    let percent = min(100, bytes * 100 / totalBytes)
    guard percent != lastPercent else { return }
    lastPercent = percent
    Self.show(Self.line(percent: percent, events: events))
  }

  /// Takes the line away.
  func clear() {
    if isShown { Self.show("") }
  }

  static func line(percent: Int, events: Int) -> String {
    let done = percent * width / 100
    let bar = String(repeating: "#", count: done) + String(repeating: ".", count: width - done)
    return "[\(bar)] \(percent) %  \(NumberGrouping.grouped(String(events))) events"
  }

  private static func show(_ text: String) {
    let sink = ByteSink.standardError()
    try? sink.write("\r\u{1B}[K" + text)
    try? sink.flush()
  }
}
