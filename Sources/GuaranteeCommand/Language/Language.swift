/// The language in which people are spoken to. Codes, the headers of CSV and what programs read are the same in all.
enum Language: String, CaseIterable {
  case english = "en"
  case chinese = "zh-Hans"

  /// The one that is spoken now: set once, when the program begins, for all that it does.
  @TaskLocal static var current = Language.english

  /// The language that a tag of BCP 47 or a locale names, such as `zh-Hans`, `zh_CN.UTF-8` or `en_GB`.
  ///
  /// - Returns: `nil` when it is none that is spoken here. Chinese in traditional characters isn't, and neither is a
  ///   locale whose terminals don't take UTF-8.
  init?(named name: String) {
    let parts = name.split(separator: "@")[...].first?.split(separator: ".") ?? []
    if parts.count > 1, !["UTF-8", "UTF8"].contains(parts[1].uppercased()) { return nil }
    let tags = (parts.first ?? "").lowercased().split { "-_".contains($0) }
    switch tags.first {
    case "zh" where !tags.contains(where: Self.traditional.contains): self = .chinese
    case "en": self = .english
    default: return nil
    }
  }

  /// What the environment asks for: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that says anything.
  init(variable: (String) -> String?) {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(variable).first { !$0.isEmpty }
    self = locale.flatMap(Language.init(named:)) ?? .english
  }

  private static let traditional: Set<Substring> = ["hant", "tw", "hk", "mo"]
}
