import Glibc

/// The name under which clients reach the cluster's folder, and with it the server's socket.
///
/// That is the folder's own path, unless it is longer than a socket's path may be or has a comma, which
/// separates hosts in a connection string. Then it is a link with a short name, always the same one for the
/// same path, in a folder of this user's that is made anew when somebody cleaned it away. The server knows
/// nothing of the link.
struct SocketPath {
  let folder: DataFolder
  /// Where short names may be made, the best first.
  let runtimeFolders: [String]

  /// `sun_path` takes 108 bytes with the zero at the end.
  private static let longestSocket = 107
  private static let socketName = "/.s.PGSQL." + ServerSettings.port

  /// The user's runtime folder, which others cannot enter; else folders that everybody has.
  static var usualRuntimeFolders: [String] {
    let own = unsafe getenv("XDG_RUNTIME_DIR").map { unsafe String(cString: $0) }
    return [own].compactMap { $0 }.filter { $0.hasPrefix("/") } + ["/tmp", "/var/tmp", "/dev/shm"]
  }

  /// A connection string that psql and libpq take as it is.
  func connectionString() throws(PrivateServerError) -> String {
    let host = Self.quoted(try hostFolder())
    return "host=\(host) port=\(ServerSettings.port) dbname=\(ServerSettings.database)"
      + " user=\(ServerSettings.user)"
  }

  /// - Throws: `noShortPath` when one is needed and none could be made.
  func hostFolder() throws(PrivateServerError) -> String {
    if Self.isUsable(folder.cluster) { return folder.cluster }
    for runtime in runtimeFolders {
      let own = "\(runtime)/guarantee-\(geteuid())"
      let link = own + "/" + shortName
      if Self.isUsable(link), Self.isOursAlone(own), point(link) { return link }
    }
    throw PrivateServerError(
      .noShortPath, folder.path,
      "\(folder.path) is too long for a Unix socket, and no link to it could be made in "
        + runtimeFolders.joined(separator: ", "),
      remedy: "choose a data directory with a path of at most 80 bytes, or set XDG_RUNTIME_DIR to a folder of"
        + " your own")
  }

  /// Takes the short name away, if there is one.
  func removeLinks() {
    for runtime in runtimeFolders { unsafe unlink("\(runtime)/guarantee-\(geteuid())/\(shortName)") }
  }

  private static func isUsable(_ path: String) -> Bool {
    (path + socketName).utf8.count <= longestSocket && !path.contains(",")
  }

  /// FNV-1a of the path, 16 hexadecimal digits.
  private var shortName: String {
    let hash = folder.path.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Makes the folder, or makes sure that nobody else made it to catch this user's connections.
  private static func isOursAlone(_ path: String) -> Bool {
    unsafe mkdir(path, 0o700)
    var found = stat()
    return unsafe lstat(path, &found) == 0 && FileSystem.isFolder(found) && found.st_uid == geteuid()
      && found.st_mode & 0o077 == 0
  }

  /// Makes the link lead to the cluster. Programs may do so at the same time: a rename replaces it at once.
  private func point(_ link: String) -> Bool {
    if isTarget(of: link) { return true }
    let new = "\(link).\(getpid()).\(UInt32.random(in: .min ... .max))"
    guard unsafe symlink(folder.cluster, new) == 0 else { return false }
    if unsafe rename(new, link) == 0 { return true }
    unsafe unlink(new)
    return false
  }

  private func isTarget(of link: String) -> Bool {
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(PATH_MAX)) { buffer in
      let length = unsafe buffer.withMemoryRebound(to: CChar.self) {
        unsafe readlink(link, $0.baseAddress!, $0.count)
      }
      return unsafe length > 0 && buffer.prefix(length).elementsEqual(folder.cluster.utf8)
    }
  }

  /// A value for a connection string, in quotes unless it is plain.
  private static func quoted(_ value: String) -> String {
    let isPlain = value.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "_"):
        true
      default: false
      }
    }
    if isPlain { return value }
    return "'" + value.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
