/// A kind of code that the rules name, such as the stages of a dispute: a type with a static for each code.
struct CodeType {
  struct Member {
    let code: String
    let meaning: String
  }

  let name: String
  let meaning: String
  private(set) var members: [Member] = []
  private var codes: Set<String> = []

  init(_ name: String, _ meaning: String) {
    self.name = name
    self.meaning = meaning
  }

  /// Adds a code unless it is there or empty.
  mutating func add(_ code: String, _ meaning: String) {
    guard !code.isEmpty, codes.insert(code).inserted else { return }
    members.append(Member(code: code, meaning: meaning))
  }

  var swift: String {
    documentation(meaning, indent: "")
      + """
      public struct \(Identifier.escaped(name)): GuaranteeLedger.LedgerCode {
        /// The code as the rules spell it.
        public let rawValue: Swift.String

        /// Takes any code, known or not.
        public init(rawValue: Swift.String) { self.rawValue = rawValue }

      \(Self.statics(members))  /// The codes that the rules had when this program was built, in their order.
        public static let known: [Self] = \(Self.list(members.map(\.code)))
      }

      """
  }

  /// A static for each code, its name in Swift's spelling and none twice.
  static func statics(_ members: [Member]) -> String {
    var taken: Set<String> = ["known", "known_"]
    return members.map { member in
      // What is written in capitals, such as CNY, is one word.
      let isCapitals = member.code.allSatisfy { !$0.isLowercase }
      var name = Identifier(isCapitals ? member.code.lowercased() : member.code).lower
      while !taken.insert(name).inserted {
        name = name.hasSuffix("`") ? "`\(name.dropFirst().dropLast())_`" : name + "_"
      }
      let meaning = member.meaning.isEmpty ? "The code `\(member.code)`." : member.meaning
      return documentation(meaning, indent: "  ")
        + "  public static let \(name) = Self(rawValue: \(quoted(member.code)))\n\n"
    }.joined()
  }

  static func list(_ codes: [String]) -> String {
    "([\(codes.map(quoted).joined(separator: ", "))] as [Swift.String]).map { Self(rawValue: $0) }"
  }
}
