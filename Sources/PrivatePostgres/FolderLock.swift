import Glibc

/// Only one program at a time makes, starts or stops the server of a folder; the others wait.
///
/// The kernel drops the lock when its holder dies. `initdb` inherits it, so that after its starter was killed
/// nobody cleans up behind an `initdb` that is still writing.
struct FolderLock: ~Copyable {
  let file: Descriptor

  /// - Throws: `busy` after `patience`.
  static func take(_ folder: DataFolder, patience: Duration) async throws(PrivateServerError) -> FolderLock {
    let file = try folder.openShared(folder.lock, O_RDWR)
    let wait = Wait(for: folder.path, patience)
    while flock(file.raw, LOCK_EX | LOCK_NB) != 0 {
      if errno != EWOULDBLOCK, errno != EINTR { throw .system(errno, folder.lock, "Locking") }
      guard try await wait.goesOn() else {
        throw PrivateServerError(
          .busy, folder.lock, "Another program has been starting or stopping \(folder.path) for \(patience)",
          remedy: "look for a hanging initdb or guarantee process, end it and run the command again")
      }
    }
    return FolderLock(file: file)
  }
}

/// Waiting for something outside, with an end.
struct Wait {
  private let path: String
  private let end: ContinuousClock.Instant

  init(for path: String, _ patience: Duration) {
    self.path = path
    end = .now + patience
  }

  /// Lets a short time pass, by default one that adds nothing that counts to a start of 30 ms.
  /// - Returns: `false` when the patience is over.
  func goesOn(after pause: Duration = .milliseconds(2)) async throws(PrivateServerError) -> Bool {
    do {
      try await Task.sleep(for: pause)
    } catch {
      throw .cancelled(path)
    }
    return ContinuousClock.now < end
  }
}
