import Glibc

/// The few calls to the system beside libpq: waiting for a socket, and the descriptors that end the wait.
enum SystemCalls {
  enum Wait {
    case ready(readable: Bool)
    case woken
    case timedOut
  }

  /// Two connected ends that never block and aren't inherited by programs that this one starts.
  static func makeEnds() -> (reading: Int32, writing: Int32)? {
    unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2) { ends in
      let type = SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
      guard let start = ends.baseAddress, unsafe socketpair(AF_UNIX, Int32(type), 0, start) == 0
      else {
        return nil
      }
      return unsafe (ends[0], ends[1])
    }
  }

  static func signal(_ descriptor: Int32) {
    var byte: UInt8 = 1
    _ = unsafe write(descriptor, &byte, 1)
  }

  static func drain(_ descriptor: Int32) {
    var byte: UInt8 = 0
    while unsafe read(descriptor, &byte, 1) == 1 {}
  }

  /// What the clock of this machine says.
  static func secondsSince1970() -> Int { time(nil) }

  static func close(_ descriptor: Int32) {
    _ = Glibc.close(descriptor)
  }

  /// Whether the socket has nothing to be read: neither bytes nor an end.
  static func isQuiet(_ socket: Int32) -> Bool {
    var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&descriptor, 1, 0) == 0
  }

  static func variable(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }

  /// Blocks until the socket can be read (or written, when asked), the wake descriptor is signalled,
  /// or the deadline has passed.
  static func wait(socket: Int32, writing: Bool, wake: Int32, until deadline: Deadline) -> Wait {
    let interest = Int16(writing ? POLLIN | POLLOUT : POLLIN)
    return unsafe withUnsafeTemporaryAllocation(of: pollfd.self, capacity: 2) { descriptors in
      unsafe descriptors.initializeElement(
        at: 0, to: pollfd(fd: socket, events: interest, revents: 0))
      unsafe descriptors.initializeElement(
        at: 1, to: pollfd(fd: wake, events: Int16(POLLIN), revents: 0))
      while true {
        let milliseconds = deadline.millisecondsLeft.map { Int32(clamping: $0) } ?? -1
        let count = unsafe poll(descriptors.baseAddress, 2, milliseconds)
        if count < 0 && errno == EINTR { continue }
        if count == 0 {
          // A longer wait than poll can count ends early and goes on.
          if deadline.millisecondsLeft == 0 { return .timedOut }
          continue
        }
        if unsafe descriptors[1].revents != 0 { return .woken }
        // An error or a hang-up counts as readable, so that libpq reads and reports it.
        return .ready(readable: unsafe descriptors[0].revents & ~Int16(POLLOUT) != 0)
      }
    }
  }
}
