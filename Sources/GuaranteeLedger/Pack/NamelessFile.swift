import Glibc

/// A temporary file without a name: its room is free again once it is closed, however the program ends.
package enum NamelessFile {
  /// Where temporary files are made.
  package static var folder: String {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    return folder.isEmpty ? "/tmp" : folder
  }

  /// Makes one, open for reading and writing.
  ///
  /// - Returns: Its descriptor, for the caller to close; below 0, with `errno` set, when there is no room for it.
  package static func open() -> Int32 {
    var template = Array((folder + "/guarantee-XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { return descriptor }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }
}
