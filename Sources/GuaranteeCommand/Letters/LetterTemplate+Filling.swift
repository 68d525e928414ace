/// The values for a letter's blanks: texts, things that are so, and lists of things that have values themselves.
struct LetterValues {
  var texts: [String: String] = [:]
  var flags: Set<String> = []
  var lists: [String: [LetterValues]] = [:]
}

/// The names that a letter's blanks may have, whether or not there is a value for each.
struct LetterNames {
  /// Names of texts and flags.
  var single: Set<String> = []
  /// Names of lists, with those of what is in them.
  var lists: [String: Set<String>] = [:]

  /// Whether a name can be asked for, such as `amount`, `event_is_detain` or `lots`.
  func has(_ name: String, inside list: String?) -> Bool {
    let names = single.union(list.flatMap { lists[$0] } ?? [])
    return names.contains(name) || lists[name] != nil
      || name.firstRange(of: "_is_").map { names.contains(String(name[..<$0.lowerBound])) } ?? false
  }
}

extension LetterTemplate {
  /// The letter with its blanks filled.
  ///
  /// - Throws: `Failure` for a blank that has none of the names.
  func filled(with values: LetterValues, names: LetterNames) throws(Failure) -> String {
    do throws(Mistake) {
      try check(pieces, names, inside: nil)
    } catch {
      throw error.failure(in: file)
    }
    var text = ""
    Self.fill(pieces, [values], &text)
    return text
  }

  private func check(_ pieces: [Piece], _ names: LetterNames, inside list: String?) throws(Mistake) {
    for piece in pieces {
      switch piece {
      case .text: break
      case .value(let name, let line): try check(name, line, names, inside: list)
      case .section(let name, _, let inner, let line):
        try check(name, line, names, inside: list)
        try check(inner, names, inside: names.lists[name] == nil ? list : name)
      }
    }
  }

  private func check(_ name: String, _ line: Int, _ names: LetterNames, inside list: String?) throws(Mistake)
  {
    guard !names.has(name, inside: list) else { return }
    let there = names.single.union(list.flatMap { names.lists[$0] } ?? []).union(names.lists.keys)
    let near = Nearest.question(Nearest.names(to: name, among: there.sorted()))
    throw Mistake(line: line, reason: "A letter has no value '\(name)'.\(near)")
  }

  /// Values of what is inside count before those around it.
  private static func fill(_ pieces: [Piece], _ scopes: [LetterValues], _ text: inout String) {
    for piece in pieces {
      switch piece {
      case .text(let written): text += written
      case .value(let name, _):
        text += escaped(scopes.reversed().lazy.compactMap { $0.texts[name] }.first ?? "")
      case .section(let name, let isInverted, let inner, _):
        let list = scopes.reversed().lazy.compactMap { $0.lists[name] }.first
        let isThere =
          list.map { !$0.isEmpty }
          ?? scopes.contains { $0.flags.contains(name) || !($0.texts[name] ?? "").isEmpty }
        guard isThere != isInverted else { continue }
        for values in isInverted ? [LetterValues()] : list ?? [LetterValues()] {
          fill(inner, scopes + [values], &text)
        }
      }
    }
  }

  /// Text as it may stand anywhere in HTML, between quotes of either kind too.
  private static func escaped(_ text: String) -> String {
    HTML(text).source.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "&#39;")
  }
}
