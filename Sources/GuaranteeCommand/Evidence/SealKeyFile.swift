import Glibc
import GuaranteeLedger

/// The file of a key that seals are signed with: nobody but its owner may read it.
struct SealKeyFile {
  let path: String

  /// Makes the file; one that is there is left alone.
  func create(_ key: SealingKey) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("made", errno) }
    let sink = ByteSink(descriptor: descriptor, ownsDescriptor: true)
    do {
      try sink.write(key.text)
      try sink.flush()
    } catch {
      unlink(path)
      throw Failure(.output, "The key file '\(path)' can't be written.")
    }
    guard fsync(descriptor) == 0 else { throw failure("written", errno) }
  }

  /// Reads the key.
  ///
  /// - Throws: `Failure` when others than the owner may read or change the file, too.
  func read() throws(Failure) -> SealingKey {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure("read", errno) }
    defer { close(descriptor) }
    var found = stat()
    guard fstat(descriptor, &found) == 0 else { throw failure("read", errno) }
    guard found.st_mode & S_IFMT == S_IFREG else {
      throw Failure(.unreadableInput, "The key '\(path)' is no file.")
    }
    guard found.st_mode & 0o077 == 0 else {
      throw Failure(
        .notPermitted, "Others may read the key file '\(path)': take that from them with chmod 600.")
    }
    guard found.st_uid == geteuid() || geteuid() == 0 else {
      throw Failure(.notPermitted, "The key file '\(path)' is somebody else's.")
    }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let capacity = bytes.count
    let count = bytes.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, capacity) }
    guard count >= 0 else { throw failure("read", errno) }
    guard let key = SealingKey(text: String(decoding: bytes.prefix(count), as: UTF8.self)) else {
      throw Failure(.unreadableInput, "'\(path)' is no key of 'guarantee seal-key'.")
    }
    return key
  }

  private func failure(_ what: Phrase, _ code: Int32) -> Failure {
    let forbidden = [EACCES, EPERM, EROFS].contains(code)
    return Failure(
      forbidden ? .notPermitted : .unreadableInput,
      "The key file '\(path)' can't be \(what): \(Self.reason(code)).")
  }

  private static func reason(_ code: Int32) -> Phrase {
    switch code {
    case EEXIST: "there is a file of that name"
    case ENOENT: "there is no such file or folder"
    case EACCES, EPERM: "that is not permitted"
    default: "error \(code)"
    }
  }
}
