import Glibc
import GuaranteeLedger
import PrivatePostgres

/// What a private server needs: its programs, its folder, and nobody else in it.
struct PrivateServerChecks {
  /// What there is to say before a ledger is made.
  static let nothing: Phrase = "There is no ledger yet: the first command that records makes it."

  private let server: PrivateServer

  init(_ server: PrivateServer) {
    self.server = server
  }

  func findings() async -> [Finding] {
    let folder = server.examineFolder()
    return [await programs(), self.folder(folder), disk(folder), lock(folder)].compactMap { $0 }
  }

  /// Whether somebody else has started it, whatever there may be to say of its folder.
  var isRunning: Bool { server.status().state == .running }

  /// Starts the server if it was made before.
  ///
  /// - Returns: Where it is, and what there is to say unless a connection to it says more.
  func start() async -> (connectionString: String?, finding: Finding?) {
    let status = server.status()
    if status.state == .absent {
      return (nil, .ok("server", Self.nothing))
    }
    let started = await Patiently.waiting { [server] in
      await Result { () async throws(PrivateServerError) in try await server.start() }
    }
    switch started {
    case .success(let text)?: return (text, nil)
    case .failure(let error)?:
      return (nil, .problem("server", "\(Phrase(said: error.reason)).", "\(Phrase(said: error.remedy))."))
    case nil:
      return (
        nil,
        .problem(
          "server", "The private server did not start within \(Examination.patience.seconds) s.",
          "It may be recovering: try again in a minute. What it says is in \(status.logs).")
      )
    }
  }

  private func programs() async -> Finding {
    do throws(PrivateServerError) {
      let found = try await server.programs()
      guard Int(found.version).map(ServerVersions.supported.contains) == true else {
        return .warning(
          "server_programs",
          "PostgreSQL \(found.version) in \(found.folder) is none that the ledger was tried on.",
          "Install one of the versions 14 to 18.")
      }
      return .ok("server_programs", "PostgreSQL \(found.version) in \(found.folder).")
    } catch {
      return .problem(
        "server_programs", "\(Phrase(said: error.reason)).", "\(Phrase(said: error.remedy)).")
    }
  }

  private func folder(_ folder: FolderExamination) -> Finding {
    let path = server.dataDirectory
    if let hindrance = folder.hindrance, hindrance.code != .diskFull {
      return .problem(
        "data_directory", "\(Phrase(said: hindrance.reason)).", "\(Phrase(said: hindrance.remedy)).")
    }
    if folder.isTooOpenToStart {
      return .problem(
        "data_directory", "Others have rights in \(folder.cluster), with which PostgreSQL does not start.",
        "Run: chmod 0700 \(ShellWord.quoted(folder.cluster))")
    }
    if folder.isOpenToOthers {
      return .warning(
        "data_directory", "Others may change what is in \(path).",
        "Run: chmod go-w \(ShellWord.quoted(path))")
    }
    return folder.isThere
      ? .ok("data_directory", "\(path) belongs to \(folder.owner).")
      : .ok("data_directory", "\(path) is not there yet and can be made.")
  }

  private func disk(_ folder: FolderExamination) -> Finding? {
    guard let free = folder.freeMegabytes else { return nil }
    let found: Phrase = "\(free) MB are free on its disk."
    return switch free {
    case ..<64: .problem("disk", found, "Make room there: the server needs 64 MB at least to start.")
    case ..<1024: .warning("disk", found, "Make room there before the ledger can take no more.")
    default: .ok("disk", found)
    }
  }

  private func lock(_ folder: FolderExamination) -> Finding? {
    folder.isHeld
      ? .warning(
        "lock", "Another program is making, starting or stopping the server of \(server.dataDirectory).",
        "Wait for it; if it hangs, look for a process initdb or guarantee and end it.")
      : nil
  }
}

/// The versions of PostgreSQL that the ledger is tried on.
enum ServerVersions {
  static let supported = 14...18
}

extension Duration {
  /// Whole seconds.
  var seconds: Int { Int(components.seconds) }
}

extension Result {
  fileprivate init(_ body: () async throws(Failure) -> Success) async {
    do throws(Failure) {
      self = .success(try await body())
    } catch {
      self = .failure(error)
    }
  }
}
