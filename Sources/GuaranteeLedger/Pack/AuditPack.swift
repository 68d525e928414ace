import Glibc

/// An audit pack in a folder: a ledger as files that prove themselves.
public struct AuditPack: Sendable, Hashable {
  /// The folder.
  public let path: String

  /// The pack in a folder, which is looked at when it is verified.
  public init(path: String) { self.path = path }

  /// Proves the pack from its own files: hashes, chain, entries from events and rules, balances from entries, stages,
  /// references and totals. It takes no database, and little memory however large the pack is. It blocks its thread.
  ///
  /// - Parameters:
  ///   - older: A pack that was kept elsewhere, or its `manifest.json` alone: what it has must be the beginning of what
  ///     this one has.
  ///   - keyIDs: What the keys are called that seals may be signed with; empty to take any, and to compare what the
  ///     proof says of them with what the office gave out.
  /// - Returns: What was found.
  /// - Throws: `PackError` when there is no pack that could be looked at.
  public func verify(against older: AuditPack? = nil, trusting keyIDs: [String] = []) throws(PackError)
    -> PackProof
  {
    let before = try older.map { (pack) throws(PackError) in try PackContents.manifest(at: pack.path) }
    do {
      return try PackVerifier(try PackContents(path), after: before, trusting: keyIDs).verify()
    } catch let error as PackError {
      throw error
    } catch {
      throw PackError(.unreadable, "The pack in '\(path)' can't be read: \(error).")
    }
  }
}

/// What a pack's manifest says that it holds, and the files that are there.
struct PackContents {
  let folder: String
  let manifest: PackManifest
  let manifestHash: String
  let sums: [UInt8]

  init(_ folder: String) throws(PackError) {
    self.folder = folder
    do throws(PackFault) {
      (manifest, manifestHash) = try Self.read(PackManifest.name, in: folder)
      sums = try HashedFile(PackManifest.sums, in: folder).contents(limit: 1 << 20)
    } catch {
      throw PackError(
        .unreadable, "There is no audit pack in '\(folder)': \(error.file): \(error.reason).")
    }
  }

  /// The manifest of a pack's folder, or one that was kept alone.
  static func manifest(at path: String) throws(PackError) -> PackManifest {
    var found = stat()
    let isFile = stat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFREG
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    do throws(PackFault) {
      if !isFile { return try read(PackManifest.name, in: path).manifest }
      let folder = parts.dropLast().joined(separator: "/")
      return try read(String(parts.last ?? ""), in: parts.count > 1 ? folder : ".").manifest
    } catch {
      throw PackError(.unreadable, "There is no audit pack in '\(path)': \(error.file): \(error.reason).")
    }
  }

  private static func read(
    _ name: String, in folder: String
  ) throws(PackFault) -> (manifest: PackManifest, hash: String) {
    let file = try HashedFile(name, in: folder)
    let bytes = try file.contents()
    let hash = try file.finish()
    guard let manifest = try? PackJSON.read(bytes, as: PackManifest.self) else {
      throw PackFault(name, "this is no manifest of an audit pack")
    }
    guard manifest.format == PackManifest.format else {
      throw PackFault(name, "it is of the form \(shown(manifest.format)), which this program does not know")
    }
    return (manifest, hash)
  }

  /// The names of all files that are there, those of its folders with them. A file or a link with the name of a folder
  /// is none.
  func names() -> [String] {
    Self.names(in: folder).flatMap { name in
      let path = folder + "/" + name
      guard PackName.folders.contains(name), kind(ofFileAt: path) == S_IFDIR else { return [name] }
      return Self.names(in: path).map { name + "/" + $0 }
    }
  }

  /// As many as a pack could have, and some more.
  private static func names(in folder: String) -> [String] {
    guard let entries = opendir(folder) else { return [] }
    defer { closedir(entries) }
    var names: [String] = []
    while names.count < 1000, let entry = readdir(entries) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
