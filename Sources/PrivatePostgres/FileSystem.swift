import FoundationEssentials
import Glibc

/// A file descriptor that is closed when its owner goes, and never handed to a child by accident.
struct Descriptor: ~Copyable {
  let raw: Int32

  init(adopting raw: Int32) {
    self.raw = raw
  }

  init(_ path: String, _ flags: Int32, mode: mode_t = 0o600) throws(PrivateServerError) {
    raw = unsafe open(path, flags | O_CLOEXEC, mode)
    if raw < 0 { throw .system(errno, path, "Opening") }
  }

  deinit {
    close(raw)
  }
}

/// The few calls to the file system, with errors that name the path.
enum FileSystem {
  struct Identity: Equatable {
    let device: dev_t
    let file: ino_t
  }

  /// Which file `path` leads to, through links; `nil` when it leads to none or none that may be seen.
  static func identity(of path: String) -> Identity? {
    var found = stat()
    return unsafe stat(path, &found) == 0 ? Identity(device: found.st_dev, file: found.st_ino) : nil
  }

  /// The status of `path` itself, not of what it links to; `nil` when nothing is there.
  static func status(of path: String) throws(PrivateServerError) -> stat? {
    var found = stat()
    if unsafe lstat(path, &found) == 0 { return found }
    if errno == ENOENT { return nil }
    throw .system(errno, path, "Looking at")
  }

  static func isFolder(_ status: stat) -> Bool { status.st_mode & S_IFMT == S_IFDIR }

  /// The text of a small file; `nil` when it cannot be read.
  static func text(of path: String) -> String? {
    guard let file = try? Descriptor(path, O_RDONLY) else { return nil }
    return text(from: file)
  }

  static func text(from file: borrowing Descriptor) -> String {
    var bytes: [UInt8] = []
    let size = 16_384
    while true {
      let chunk = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        count = unsafe max(0, read(file.raw, buffer.baseAddress, size))
      }
      if chunk.isEmpty { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk
    }
  }

  static func append(_ text: String, to path: String) throws(PrivateServerError) {
    let file = try Descriptor(path, O_WRONLY | O_APPEND)
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes { unsafe write(file.raw, $0.baseAddress, $0.count) }
      if written < 0 { throw .system(errno, path, "Writing") }
      rest = rest.dropFirst(written)
    }
  }

  /// Makes a folder and the ones above it that are missing, each for its owner alone.
  static func makeFolders(_ path: String) throws(PrivateServerError) {
    if unsafe mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
      throw .system(errno, path, "Making")
    }
    try makeFolders(String(path[..<slash]))
    if unsafe mkdir(path, 0o700) != 0, errno != EEXIST { throw .system(errno, path, "Making") }
  }

  static func names(in folder: String) throws(PrivateServerError) -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw .permissionDenied(folder)
    }
    return names
  }

  /// Removes a folder with all that is in it; nothing to remove is fine.
  static func remove(_ path: String) throws(PrivateServerError) {
    guard try status(of: path) != nil else { return }
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw PrivateServerError(
        .system, path, "\(path), left by a start that was cut short, could not be removed",
        remedy: "remove it and run the command again")
    }
  }

  /// Renames so that after a power cut either the old or the new name is there.
  static func renameDurably(_ old: String, to new: String, in folder: String) throws(PrivateServerError) {
    if unsafe rename(old, new) != 0 { throw .system(errno, old, "Renaming") }
    let parent = try Descriptor(folder, O_RDONLY | O_DIRECTORY)
    if fsync(parent.raw) != 0, errno != EINVAL { throw .system(errno, folder, "Syncing") }
  }

  struct Disk {
    let isFull: Bool
    let isReadOnly: Bool
  }

  /// Whether the disk under `path` can take anything; a megabyte is what a server needs to say a word.
  static func disk(of path: String) -> Disk? {
    var found = statvfs()
    guard unsafe statvfs(path, &found) == 0 else { return nil }
    let free = UInt64(found.f_bavail) * UInt64(found.f_frsize)
    return Disk(isFull: free < 1 << 20, isReadOnly: found.f_flag & UInt(ST_RDONLY) != 0)
  }
}
