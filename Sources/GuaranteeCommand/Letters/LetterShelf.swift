/// The templates that letters are written from: an office's own in the folder `letters` beside its profiles, and before
/// those only a file that was named; else those that the program brings.
struct LetterShelf {
  /// `nil` where there is no folder for configuration.
  let folder: String?

  static var own: LetterShelf {
    let file = ProfileFile.own.path
    return LetterShelf(
      folder: file.map { String($0.prefix(upTo: $0.lastIndex(of: "/") ?? $0.endIndex)) + "/letters" })
  }

  /// The largest template: more than any letter has.
  private static let mostBytes = 1 << 20

  /// The names of all letters there are in the language that is spoken.
  func names() -> [String] {
    var names = Set<String>()
    for file in Array(GeneratedLetters.files.keys) + (folder.map(FolderListing.files) ?? []) {
      let parts = file.split(separator: ".").map(String.init)
      let isSpoken = parts.count == 2 || parts.count == 3 && parts[1] == Language.current.rawValue
      if isSpoken, parts.last == "html" { names.insert(parts[0]) }
    }
    return names.sorted()
  }

  /// The letter of that name in the language that is spoken: `NAME.en.html` before `NAME.html`.
  ///
  /// - Throws: `Failure` when there is none, or its template has a mistake.
  func template(_ name: String) throws(Failure) -> LetterTemplate {
    if let own = try ownText(name) { return try LetterTemplate(own.text, file: own.path) }
    return try LetterTemplate(builtIn(name), file: name)
  }

  /// The template in a file.
  func template(path: String) throws(Failure) -> LetterTemplate {
    guard let text = try Self.text(at: path) else {
      throw Failure(.unreadableInput, "There is no file '\(path)'.")
    }
    return try LetterTemplate(text, file: path)
  }

  /// The template that the program brings, whole, to be changed.
  func builtIn(_ name: String) throws(Failure) -> String {
    guard let text = GeneratedLetters.files["\(name).\(Language.current.rawValue).html"] else {
      let near = Nearest.question(Nearest.names(to: name, among: names()))
      throw Failure(.usage, "There is no letter '\(name)'.\(near) 'guarantee letter list' shows them.")
    }
    return text
  }

  /// Where the template of a letter is: a path, or `nil` for one that the program brings.
  func place(of name: String) throws(Failure) -> String? { try ownText(name)?.path }

  private func ownText(_ name: String) throws(Failure) -> (path: String, text: String)? {
    // A name is no way to other folders.
    guard let folder, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }) else {
      return nil
    }
    for file in ["\(name).\(Language.current.rawValue).html", "\(name).html"] {
      let path = "\(folder)/\(file)"
      if let text = try Self.text(at: path) { return (path, text) }
    }
    return nil
  }

  private static func text(at path: String) throws(Failure) -> String? {
    do throws(SmallFile.Unreadable) {
      guard let bytes = try SmallFile.bytes(of: path, limit: mostBytes) else { return nil }
      guard let text = String(validating: bytes, as: UTF8.self) else { throw SmallFile.Unreadable() }
      return text
    } catch {
      throw Failure(.unreadableInput, "The template '\(path)' can't be read as a text in UTF-8.")
    }
  }
}
