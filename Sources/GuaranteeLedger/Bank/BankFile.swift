/// Reads the statements of a bank's files, whatever form each is in.
package struct BankFiles {
  /// What the caller knows of files that don't say it themselves.
  package struct Hints: Sendable {
    /// The currency of tables that name none.
    package var currency: Currency?
    /// The account of tables that name none.
    package var account: String?
    /// What a table's columns mean, tried before the forms that are known.
    package var layout: BankLayout?

    package init() {}
  }

  private var pages = StatementPages()
  private let hints: Hints

  package init(hints: Hints = Hints()) { self.hints = hints }

  /// Reads a file; `-` is standard input.
  package mutating func read(path: String) throws(BankFileError) {
    let name = path == "-" ? "standard input" : path
    try saying(name) {
      let input = try InputDescriptor(path: path)
      return ByteSource { input.read(into: $0) }
    }
  }

  /// Reads a file's bytes.
  package mutating func read(_ bytes: [UInt8], named name: String) throws(BankFileError) {
    try saying(name) {
      var rest = bytes[...]
      return ByteSource { buffer in
        let piece = rest.prefix(buffer.count)
        buffer.copyBytes(from: piece)
        rest = rest.dropFirst(piece.count)
        return piece.count
      }
    }
  }

  /// The statements of all files, whole and in the order in which they connect.
  package func statements() throws(BankFileError) -> [BankStatement] { try pages.statements() }

  /// Adds the pages of a source, and says of which file it is what is wrong.
  private mutating func saying(_ name: String, _ open: () throws -> ByteSource) throws(BankFileError) {
    do {
      var source = try open()
      for page in try Self.pages(of: &source, named: name, hints) { try pages.add(page) }
    } catch let problem as BankFileProblem {
      throw BankFileError(file: name, line: problem.line, field: problem.field, reason: problem.reason)
    } catch {
      let reason = (error as? SystemFailure)?.reason ?? "the file can't be read"
      throw BankFileError(file: name, line: nil, field: nil, reason: reason)
    }
  }

  private static func pages(
    of source: inout ByteSource, named name: String, _ hints: Hints
  ) throws -> [StatementPages.Page] {
    let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]
    // Any file begins within its first piece, which no blanks fill.
    guard try source.hasMore(),
      let start = source.piece[..<source.end].firstIndex(where: { !blanks.contains($0) })
    else { throw BankFileProblem(nil, "the file is empty") }
    if source.piece[start] == UInt8(ascii: "<") { return try CamtReader(file: name).read(&source) }
    var bytes: [UInt8] = []
    while try source.hasMore() {
      bytes += source.piece[source.position..<source.end]
      source.position = source.end
      guard bytes.count <= BankText.mostBytes else {
        throw BankFileProblem(nil, "the file has more than \(BankText.mostBytes >> 20) MB; take fewer days")
      }
    }
    let text = try BankText.utf8(bytes, encoding: hints.layout?.encoding)
    if MT940Reader.isLikely(bytes[start...]) { return try MT940Reader(file: name).read(text) }
    return try BankTableReader(file: name, hints: hints).read(text)
  }
}
