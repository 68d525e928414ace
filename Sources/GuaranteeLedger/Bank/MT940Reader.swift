/// Reads SWIFT's customer statement message MT940, one message or many, with or without SWIFT's blocks around.
struct MT940Reader {
  /// A field of a message: `:61:` with all its lines.
  struct Field {
    let tag: String
    /// The line of the file on which it begins.
    let place: Int
    var lines: [String]

    var text: String { lines.joined(separator: "\n") }
  }

  let file: String

  /// Whether the bytes look like a message: SWIFT's first block, or a field before anything else.
  static func isLikely(_ bytes: ArraySlice<UInt8>) -> Bool {
    let start = String(decoding: bytes.prefix(2048), as: UTF8.self)
    return start.hasPrefix("{1:") || start.hasPrefix("{4:") || start.hasPrefix(":20:")
      || start.hasPrefix(":25:")
      || start.split(whereSeparator: \.isNewline).prefix(20).contains { $0.hasPrefix(":20:") }
  }

  /// The pages of statements that the text holds.
  func read(_ bytes: [UInt8]) throws -> [StatementPages.Page] {
    if let bad = bytes.firstIndex(where: { $0 < 0x20 && ![0x09, 0x0A, 0x0D, 0x01, 0x03].contains($0) }) {
      let line = bytes[..<bad].count { $0 == UInt8(ascii: "\n") } + 1
      throw BankFileProblem(line, "here is a control character; the file is damaged")
    }
    var pages: [StatementPages.Page] = []
    try Self.readMessages(of: bytes) { pages.append(try page(&$0)) }
    guard !pages.isEmpty else { throw BankFileProblem(1, "the file has no statement in it") }
    return pages
  }

  // MARK: Messages and fields

  /// No field has as many as that.
  private static let mostLines = 100
  /// How many fields and lines of them a message may have: two fields for each booking, and some lines more.
  private static let mostInMessage = 5 * BankText.Limits.mostLines

  /// Reads the messages one after the other, so that one alone has to be kept.
  private static func readMessages(of bytes: [UInt8], _ read: (inout [Field]) throws -> Void) throws {
    var fields: [Field] = []
    var kept = 0
    func end() throws {
      if !fields.isEmpty { try read(&fields) }
      (fields, kept) = ([], 0)
    }
    var isOpen = false
    for (place, line) in BankText.lines(of: bytes) {
      if line.hasPrefix("-") && (line == "-" || line.hasPrefix("-}")) {
        try end()
        isOpen = false
      } else if let (tag, value) = tag(of: line) {
        // A message that doesn't say its end: the next one begins.
        if tag == "20" { try end() }
        isOpen = true
        kept += 1
        fields.append(Field(tag: tag, place: place, lines: [value]))
      } else if isOpen {
        guard fields[fields.count - 1].lines.count < mostLines else {
          throw BankFileProblem(
            place, ":\(fields[fields.count - 1].tag):", "the field has more than \(mostLines) lines")
        }
        fields[fields.count - 1].lines.append(line)
        kept += 1
      } else if !line.trimmingBlanks.isEmpty, !line.hasPrefix("{"), line.first?.isASCII ?? false,
        !["\u{1}", "\u{3}"].contains(line.first ?? " ")
      {
        throw BankFileProblem(place, "this stands before any field, such as :20:")
      }
      guard kept <= mostInMessage else {
        throw BankFileProblem(place, "the statement has more than \(mostInMessage) lines; take fewer days")
      }
    }
    try end()
  }

  /// The tag and the value of a line such as `:60F:C260105CNY1,00`.
  private static func tag(of line: String) -> (tag: String, value: String)? {
    guard line.first == ":", let end = line.dropFirst().prefix(4).firstIndex(of: ":") else { return nil }
    let tag = line[line.index(after: line.startIndex)..<end]
    guard (2...3).contains(tag.count), tag.prefix(2).allSatisfy(\.isNumber) else { return nil }
    return (String(tag), String(line[line.index(after: end)...]))
  }

  // MARK: A message

  /// The page that a message is; takes its fields apart, so that nothing is kept twice.
  private func page(_ fields: inout [Field]) throws -> StatementPages.Page {
    let place = fields[0].place
    let heads = fields.filter { !["61", "86"].contains($0.tag) }
    func field(_ tags: String...) throws -> Field {
      guard let field = heads.first(where: { tags.contains($0.tag) }) else {
        throw BankFileProblem(place, ":\(tags[0]):", "the statement that begins here lacks this field")
      }
      return field
    }
    let account = BankValues.account(try field("25", "25P").lines[0])
    guard !account.isEmpty else {
      throw BankFileProblem(try field("25", "25P").place, ":25:", "there is no account")
    }
    let opening = try MT940Balance(try field("60F", "60M"))
    let closing = try MT940Balance(try field("62F", "62M"))
    guard opening.amount.currency == closing.amount.currency else {
      throw BankFileProblem(
        closing.place.line, closing.place.field, "the closing balance is not in \(opening.amount.currency)")
    }
    let lines = try self.lines(&fields, in: opening.amount.currency)
    let number = try field("28C", "28").lines[0].trimmingBlanks.split(separator: "/").map(String.init)
    guard let first = number.first.flatMap({ Int($0) }), number.count < 3,
      number.allSatisfy({ Int($0) != nil })
    else {
      throw BankFileProblem(try field("28C", "28").place, ":28C:", "the statement's number can't be read")
    }
    let opensOn = min(lines.map(\.bookedOn).min() ?? closing.on, closing.on)
    let statement = BankStatement(
      file: file, place: place, format: .mt940, account: account, currency: opening.amount.currency,
      // Numbers begin anew each year.
      name: "\(closing.on.year)/\(first)", opensOn: opensOn,
      closesOn: max(closing.on, lines.map(\.bookedOn).max() ?? closing.on), opening: opening.amount,
      closing: closing.amount, openingPlace: opening.place, closingPlace: closing.place, lines: lines)
    let isPage = opening.isInterim || closing.isInterim
    return StatementPages.Page(
      statement: statement, number: isPage ? number.dropFirst().first.flatMap { Int($0) } ?? 1 : nil,
      isLast: !closing.isInterim)
  }

  private func lines(_ fields: inout [Field], in currency: Currency) throws -> [BankLine] {
    var lines: [BankLine] = []
    lines.reserveCapacity(fields.count { $0.tag == "61" })
    // What stands in :86: belongs to the line right before it; behind :62F: it is about the statement.
    var isBehindLine = false
    var limits = BankText.Limits()
    for index in fields.indices {
      let field = fields[index]
      fields[index].lines = []
      switch field.tag {
      case "61":
        lines.append(try MT940Line(field, in: currency).line)
        isBehindLine = true
      case "86" where isBehindLine:
        MT940Details(field.lines).add(to: &lines[lines.count - 1])
        isBehindLine = false
      default: isBehindLine = false
      }
    }
    for line in lines { try limits.count(line) }
    lines.removeAll { $0.amount.isZero }
    return lines
  }
}

/// A balance: `C260105CNY1234,56`.
private struct MT940Balance {
  let amount: Money
  let on: LedgerDate
  let place: BankPlace
  /// The statement goes on, on another page.
  let isInterim: Bool

  init(_ field: MT940Reader.Field) throws {
    let tag = ":\(field.tag):"
    let text = field.lines[0].trimmingBlanks
    var rest = text[...]
    guard let mark = rest.popFirst(), mark == "C" || mark == "D" else {
      throw BankFileProblem(field.place, tag, "\(shown(text)) begins with neither C nor D")
    }
    guard let date = MT940Line.date(rest.prefix(6)) else {
      throw BankFileProblem(field.place, tag, "\(shown(String(rest.prefix(6)))) is no date")
    }
    rest = rest.dropFirst(6)
    guard let currency = BankValues.currency(String(rest.prefix(3))) else {
      throw BankFileProblem(field.place, tag, "\(shown(String(rest.prefix(3)))) is no currency that is known")
    }
    amount = try MT940Line.amount(rest.dropFirst(3), in: currency, isOut: mark == "D", field.place, tag)
    on = date
    place = BankPlace(line: field.place, field: tag)
    isInterim = field.tag.hasSuffix("M")
  }
}
