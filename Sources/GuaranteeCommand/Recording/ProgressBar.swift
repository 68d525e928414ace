/// A line on standard error that says how far a long recording is; silent where there is no terminal.
struct ProgressBar {
  private static let width = 30
  private let isShown: Bool
  private let totalBytes: Int
  private let start = ContinuousClock.now
  private var lastShown: (percent: Int, second: Int) = (-1, -1)

  /// - Parameters:
  ///   - totalBytes: the size of all input, 0 when it is not known.
  ///   - isShown: whether there is a terminal that the bar does not disturb.
  init(totalBytes: Int, isShown: Bool) {
    self.totalBytes = totalBytes
    self.isShown = isShown
  }

  mutating func update(bytes: Int, events: Int) {
    guard isShown else { return }
    let elapsed = ContinuousClock.now - start
    let percent = totalBytes > 0 ? min(100, bytes * 100 / totalBytes) : 0
    let now = (percent, Int(elapsed.components.seconds))
    guard totalBytes == 0 || now != lastShown else { return }
    lastShown = now
    let permille = totalBytes > 0 ? min(1000, bytes * 1000 / totalBytes) : nil
    ProgressLine.show(Self.line(permille: permille, events: events, elapsed: elapsed))
  }

  /// Takes the line away.
  func clear() {
    if isShown { ProgressLine.show("") }
  }

  /// - Parameters:
  ///   - permille: How much of the input was read; `nil` when its size is not known.
  ///   - elapsed: How long it has taken; what it says of the rest is worth something from a second on.
  static func line(permille: Int?, events: Int, elapsed: Duration = .zero) -> Phrase {
    let count: Phrase = "\(NumberGrouping.grouped(String(events))) events"
    let milliseconds =
      Int(elapsed.components.seconds) * 1000 + Int(elapsed.components.attoseconds / 1_000_000_000_000_000)
    var parts = [count]
    if milliseconds >= 1000 {
      parts.append("\(NumberGrouping.grouped(String(events * 1000 / milliseconds)))/s")
      if let permille, (1..<1000).contains(permille) {
        let left = milliseconds * (1000 - permille) / permille / 1000
        parts.append("\(TimeLeft.text(seconds: left)) left")
      }
    }
    let told = parts.dropFirst().reduce(parts[0]) { "\($0)  \($1)" }
    guard let permille else { return told }
    let done = permille * width / 1000
    let bar = String(repeating: "#", count: done) + String(repeating: ".", count: width - done)
    return "[\(bar)] \(permille / 10) %  \(told)"
  }
}
