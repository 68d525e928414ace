/// Finds events by words of what they mean.
enum EventSearch {
  private static let fillers: Set = [
    "a", "an", "and", "by", "for", "from", "has", "is", "it", "of", "on", "the", "to", "was",
  ]

  /// The events whose name or meaning has all of the words, or else some of them: the more the earlier.
  static func events(for text: String) -> [RulesPage] {
    let words = EverydayWords.translated(text).split { !$0.isLetter && !$0.isNumber }.filter {
      !fillers.contains(String($0))
    }.flatMap(pieces)
    let scored = GeneratedPages.events.map { page in
      // In either language, whichever is spoken: who keeps books in Chinese may ask in English, and the other way.
      let name = Catalogue.chinese.name(of: page.code, among: ["event"]) ?? ""
      let chinese = name + " " + (Catalogue.chinese[page.summary + "."] ?? "")
      let text = (page.code + " " + page.summary + " " + chinese).lowercased()
      return (page: page, score: words.count { text.contains($0) })
    }
    let best = scored.map(\.score).max() ?? 0
    return best == 0 ? [] : scored.filter { $0.score == best }.map(\.page)
  }

  /// Chinese has no spaces between words: it is looked for by its pairs of characters.
  private static func pieces(of word: Substring) -> [Substring] {
    guard word.count > 2, word.unicodeScalars.contains(where: { (0x4E00...0x9FFF).contains($0.value) }) else {
      return [word]
    }
    return word.indices.dropLast().map { word[$0...word.index(after: $0)] }
  }

  static func command(for event: String) -> (any EventCommand.Type)? {
    commands.first { $0.command.eventName == event }?.command
  }

  static func noun(of event: String) -> String? {
    commands.first { $0.command.eventName == event }?.noun
  }

  private static var commands: [(noun: String, command: any EventCommand.Type)] {
    GeneratedCommands.nouns.compactMap { $0 as? any NounCommand.Type }.flatMap { noun in
      noun.events.compactMap { $0 as? any EventCommand.Type }.map { (noun.noun, $0) }
    }
  }
}
