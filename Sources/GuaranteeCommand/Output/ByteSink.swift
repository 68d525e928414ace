import Glibc

/// Buffered bytes on their way to a file descriptor.
///
/// A reader that goes away (`| head`) is no error: `isClosed` becomes true and what follows is dropped, so
/// that a command that changes the ledger runs to its end whoever reads its output.
final class ByteSink {
  private var descriptor: Int32
  private let ownsDescriptor: Bool
  private let capacity: Int
  private let subject: OutputError.Subject
  private var buffer: [UInt8] = []
  /// How many lines the window has that is written to; `nil` when nothing is to be shown page by page.
  private var windowLines: Int?
  private var pager: Pager?
  /// Whether what is written is kept until it is taken, and goes nowhere.
  private var isCollecting = false

  /// Whether a task that is cancelled stops writing to a reader that stands still.
  private var endsWithTask = false

  /// True once the reader of the other end has gone.
  private(set) var isClosed = false

  /// - Parameter ownsDescriptor: whether `close()` and the end of this object close the descriptor.
  init(
    descriptor: Int32, ownsDescriptor: Bool = false, capacity: Int = 1 << 16,
    subject: OutputError.Subject = .output
  ) {
    self.descriptor = descriptor
    self.ownsDescriptor = ownsDescriptor
    self.capacity = capacity
    self.subject = subject
    buffer.reserveCapacity(capacity)
  }

  deinit {
    if ownsDescriptor { Glibc.close(descriptor) }
  }

  static func standardOutput() -> ByteSink { ByteSink(descriptor: STDOUT_FILENO) }

  /// Standard output for what is to be read: where it is a terminal and there is more than the window holds, it is shown
  /// page by page. Nothing of it is seen before it is flushed.
  static func pages() -> ByteSink {
    let sink = standardOutput()
    if Pager.isWanted, Terminal.isStandardOutput { sink.windowLines = Terminal.lines }
    return sink
  }

  /// Standard output for what goes on until the task is cancelled, though nobody may read any more by then.
  static func endingWithTask() -> ByteSink {
    let sink = standardOutput()
    sink.endsWithTask = true
    return sink
  }

  /// Keeps what is written until it is taken.
  static func collecting() -> ByteSink {
    let sink = ByteSink(descriptor: -1, capacity: 1 << 12)
    sink.isCollecting = true
    return sink
  }

  /// What was written to one that collects.
  func takeText() -> String {
    defer { buffer.removeAll() }
    return String(decoding: buffer, as: UTF8.self)
  }

  static func standardError() -> ByteSink { ByteSink(descriptor: STDERR_FILENO) }

  func write(_ text: some StringProtocol) throws(OutputError) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= capacity { try flush() }
  }

  func write(byte: UInt8) throws(OutputError) {
    buffer.append(byte)
    if buffer.count >= capacity { try flush() }
  }

  func write(bytes: some Collection<UInt8>) throws(OutputError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= capacity { try flush() }
  }

  /// Hands everything that was written to the system.
  func flush() throws(OutputError) {
    if isCollecting { return }
    defer { buffer.removeAll(keepingCapacity: true) }
    if let windowLines {
      Waiting.clear()
      if pager == nil, buffer.count(where: { $0 == UInt8(ascii: "\n") }) >= windowLines,
        let started = Pager.start()
      {
        pager = started
        descriptor = started.descriptor
      }
    }
    var written = 0
    // A pipe that can be written to has room for so much.
    let most = endsWithTask ? 4_096 : buffer.count
    while written < buffer.count, !isClosed {
      if endsWithTask, !waitUntilWritable() {
        isClosed = true
        return
      }
      let (count, code) = buffer.withUnsafeBytes { bytes in
        let count = Glibc.write(descriptor, bytes.baseAddress! + written, min(bytes.count - written, most))
        return (count, errno)
      }
      if count >= 0 {
        written += count
      } else if code == EPIPE {
        isClosed = true
      } else if code != EINTR && code != EAGAIN {
        throw OutputError(systemCode: code, subject: subject)
      } else if code == EAGAIN {
        waitUntilWritable()
      }
    }
  }

  /// Returns whether it can be written, which it can't when the task is cancelled first that it ends with.
  @discardableResult
  private func waitUntilWritable() -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    while poll(&request, 1, endsWithTask ? 100 : -1) <= 0, endsWithTask {
      if Task.isCancelled { return false }
    }
    return true
  }
}

/// Output could not be written, for instance since the disk is full.
struct OutputError: Error, Equatable {
  /// What was written.
  enum Subject {
    case output, temporaryFile
  }

  /// The system's error number.
  let systemCode: Int32
  var subject = Subject.output

  var reason: String { String(cString: strerror(systemCode)) }
}
