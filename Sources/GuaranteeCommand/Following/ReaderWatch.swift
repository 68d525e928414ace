import Dispatch
import Glibc

/// Notices that whoever reads standard output has gone, while there is nothing to write.
enum ReaderWatch {
  /// Watches for as long as the program runs.
  ///
  /// - Parameter onGone: Called at most once; never for files and terminals, which have no reader that goes away.
  static func begin(onGone: @escaping @Sendable () -> Void) {
    var found = stat()
    guard fstat(STDOUT_FILENO, &found) == 0, [S_IFIFO, S_IFSOCK].contains(found.st_mode & S_IFMT) else {
      return
    }
    DispatchQueue.global().async {
      // Without events asked for, only the other side's end is told.
      var request = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
      while poll(&request, 1, -1) < 0, errno == EINTR {}
      if request.revents != 0 { onGone() }
    }
  }
}
