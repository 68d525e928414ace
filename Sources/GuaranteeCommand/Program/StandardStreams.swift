import Glibc

/// The three streams that every program is given, or should be.
enum StandardStreams {
  /// Puts the null device where the program was started without one of them, so that no file or connection that
  /// is opened later takes its number and is written to in its place.
  static func open() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is the missing one.
      _ = Glibc.open("/dev/null", O_RDWR)
    }
  }
}
