import Glibc

/// The system user that a server runs as.
///
/// PostgreSQL refuses to run as root. Started by root, the server therefore runs as the owner of its cluster,
/// which for a new one is `postgres`, or `nobody` where there is no `postgres`. Only the cluster's folder
/// belongs to that user. The folders above it can stay closed to it (root's home is): the server is given the
/// cluster as an open descriptor and never walks the path to it. See `ServerLaunch`.
struct UserAccount: Sendable, Equatable {
  let user: uid_t
  let group: gid_t

  static var current: UserAccount { UserAccount(user: geteuid(), group: getegid()) }

  var isCurrent: Bool { user == geteuid() }

  /// The account's name, or its number when it has none.
  var name: String {
    unsafe Self.entry { unsafe getpwuid_r(user, $0, $1, $2, $3) }?.name ?? String(user)
  }

  /// Who runs the server of `folder`'s cluster, there already or yet to be made.
  /// - Throws: `wrongOwner` for a cluster that is another user's.
  static func running(_ folder: DataFolder) throws(PrivateServerError) -> UserAccount {
    guard let cluster = try FileSystem.status(of: folder.cluster) else { return forNewCluster }
    let owner = UserAccount(user: cluster.st_uid, group: cluster.st_gid)
    if current.user == 0, owner.user == 0 {
      let server = forNewCluster.name
      throw PrivateServerError(
        .wrongOwner, folder.cluster, "\(folder.cluster) belongs to root, as whom no PostgreSQL server runs",
        remedy: "hand it over with chown -R \(server) and run the command again")
    }
    if current.user != 0, !owner.isCurrent {
      throw PrivateServerError(
        .wrongOwner, folder.cluster, "\(folder.cluster) belongs to the user \(owner.name)",
        remedy: "run as that user or as root, or choose another data directory")
    }
    return owner
  }

  private static var forNewCluster: UserAccount {
    guard current.user == 0 else { return current }
    for name in ["postgres", "nobody"] {
      if let found = unsafe entry({ unsafe getpwnam_r(name, $0, $1, $2, $3) }), found.account.user != 0 {
        return found.account
      }
    }
    return UserAccount(user: 65534, group: 65534)
  }

  private typealias Lookup = (
    UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
    UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
  ) -> Int32

  private static func entry(_ lookup: Lookup) -> (name: String, account: UserAccount)? {
    var record = unsafe passwd()
    var found: UnsafeMutablePointer<passwd>?
    return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16_384) { text in
      guard let start = text.baseAddress, unsafe lookup(&record, start, text.count, &found) == 0,
        unsafe found != nil
      else { return nil }
      return unsafe (String(cString: record.pw_name), UserAccount(user: record.pw_uid, group: record.pw_gid))
    }
  }
}
