import FoundationEssentials
import GuaranteeLedger

/// A ledger by a name of one's own, with the office that one works for.
struct Profile: Codable, Equatable {
  /// A connection string without a password; `nil` when the ledger is a private one.
  var database: String?
  /// The absolute folder of a private ledger; `nil` when it is on a server that others run.
  var dataDirectory: String?
  /// The office whose work 'todo' and 'due' list, and which one-event commands are about, unless they say another.
  var office: String?

  enum CodingKeys: String, CodingKey {
    case database, office
    case dataDirectory = "data_dir"
  }

  var place: LedgerPlace? {
    database.map { .foreign(connectionString: $0) } ?? dataDirectory.map { .private(dataDirectory: $0) }
  }
}

/// The profiles of the person who runs the program, in one file.
struct Profiles: Codable, Equatable {
  var profiles: [String: Profile] = [:]
  /// The one that counts when nothing else says where the ledger is.
  var `default`: String?

  /// The profile of that name.
  ///
  /// - Throws: `Failure` when there is none.
  func profile(_ name: String) throws(Failure) -> Profile {
    if let profile = profiles[name] { return profile }
    let near = Nearest.question(Nearest.names(to: name, among: profiles.keys.sorted()))
    throw Failure(.usage, "There is no profile '\(name)'.\(near) 'guarantee profile list' shows them.")
  }
}

/// The file that keeps them: `guarantee/profiles.json` in the XDG configuration directory.
struct ProfileFile {
  /// `nil` when there is no home directory.
  let path: String?

  init(variable: (String) -> String?) {
    func given(_ name: String) -> String? {
      variable(name).flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    let folder = given("XDG_CONFIG_HOME") ?? given("HOME").map { $0 + "/.config" }
    path = folder.map { $0 + "/guarantee/profiles.json" }
  }

  static var own: ProfileFile { ProfileFile { Environment[$0] } }

  /// The profiles; none when there is no such file.
  func read() throws(Failure) -> Profiles {
    guard let path else { return Profiles() }
    do {
      return try SmallFile.bytes(of: path).map { try ForeignJSON.read($0) } ?? Profiles()
    } catch {
      throw Failure(
        .usage, "The profiles in '\(path)' can't be read: mend the file, or remove it and add them anew.")
    }
  }

  /// Changes the profiles by a body that is given one of them.
  func change(_ name: String, _ body: (inout Profiles) -> Void) throws {
    var all = try read()
    _ = try all.profile(name)
    body(&all)
    try write(all)
  }

  func write(_ profiles: Profiles) throws {
    guard let path else { throw Failure(.usage, "There is no home directory to keep profiles in.") }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(profiles), as: UTF8.self)
    let folder = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.endIndex))
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure(.output, "The folder '\(folder)' can't be made.")
    }
    try OutputFile(path: path, kind: "profiles' file").write { try $0.write(text + "\n") }
  }
}
