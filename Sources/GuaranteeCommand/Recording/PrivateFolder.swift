import FoundationEssentials
import Glibc
import GuaranteeLedger

/// A folder below `TMPDIR` that nobody else can enter, until it is removed.
struct PrivateFolder {
  let path: String

  /// - Throws: `OutputError` when it can't be made.
  init() throws(OutputError) {
    path = NamelessFile.folder + "/guarantee-sheets-\(getpid())-" + EventKey.new(for: "sheet")
    guard mkdir(path, 0o700) == 0 else { throw OutputError(systemCode: errno, subject: .temporaryFile) }
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
