/// Reads the statements of a bank's files, whatever form each is in.
package struct BankFiles {
  /// What the caller knows of files that don't say it themselves.
  package struct Hints: Sendable {
    /// The currency of tables that name none.
    package var currency: Currency?
    /// The account of tables that name none.
    package var account: String?
    /// What a table's columns mean, tried before the forms that are known.
    package var profile: BankProfile?

    package init() {}
  }

  private var pages = StatementPages()
  private let hints: Hints

  package init(hints: Hints = Hints()) { self.hints = hints }

  /// Reads a file; `-` is standard input.
  package mutating func read(path: String) throws(BankFileError) {
    let name = path == "-" ? "standard input" : path
    do {
      let input = try InputDescriptor(path: path)
      var source = ByteSource { input.read(into: $0) }
      var bytes: [UInt8] = []
      while try source.hasMore() {
        bytes += source.piece[source.position..<source.end]
        source.position = source.end
        guard bytes.count <= BankText.mostBytes else {
          throw BankFileProblem(nil, "the file has more than \(BankText.mostBytes >> 20) MB")
        }
      }
      try add(bytes, named: name)
    } catch let error as BankFileError {
      throw error
    } catch let problem as BankFileProblem {
      throw BankFileError(file: name, line: problem.line, field: problem.field, reason: problem.reason)
    } catch {
      let reason = (error as? SystemFailure)?.reason ?? "the file can't be read"
      throw BankFileError(file: name, line: nil, field: nil, reason: reason)
    }
  }

  /// Reads a file's bytes.
  package mutating func read(_ bytes: [UInt8], named name: String) throws(BankFileError) {
    do {
      try add(bytes, named: name)
    } catch let problem as BankFileProblem {
      throw BankFileError(file: name, line: problem.line, field: problem.field, reason: problem.reason)
    } catch {
      throw BankFileError(file: name, line: nil, field: nil, reason: "the file can't be read")
    }
  }

  /// The statements of all files, whole and in the order in which they connect.
  package func statements() throws(BankFileError) -> [BankStatement] { try pages.statements() }

  private mutating func add(_ bytes: [UInt8], named name: String) throws {
    for page in try Self.pages(of: bytes, named: name, hints) { pages.add(page) }
  }

  private static func pages(
    of bytes: [UInt8], named name: String, _ hints: Hints
  ) throws -> [StatementPages.Page] {
    let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]
    guard let start = bytes.firstIndex(where: { !blanks.contains($0) }) else {
      throw BankFileProblem(nil, "the file is empty")
    }
    if bytes[start] == UInt8(ascii: "<") { return try CamtReader(file: name).read(bytes) }
    let text = try BankText.utf8(bytes, encoding: hints.profile?.encoding)
    if MT940Reader.isLikely(bytes[start...]) { return try MT940Reader(file: name).read(text) }
    return try BankTableReader(file: name, hints: hints).read(text)
  }
}
