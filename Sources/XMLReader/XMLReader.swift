import CExpat

/// Reads XML with expat, in pieces, and hands over the elements that its reader waits for as they end.
///
/// What a document might do beyond saying something is refused: a DOCTYPE, and with it every entity of its own
/// and everything that would be fetched from elsewhere; elements within elements beyond any need; texts without
/// end. expat itself guards against what remains.
@safe package final class XMLReader {
  /// What a document may have.
  package struct Limits: Sendable {
    /// How many elements may stand within each other.
    package var depth = 64
    /// How many bytes of text an element may have.
    package var textBytes = 65_536
    /// How many elements a piece that is handed over may have.
    package var elements = 100_000
    /// How many elements there may be in all, so that reading them takes seconds.
    package var allElements = 3_000_000
    /// How many bytes of text those of a piece may have in all.
    package var pieceBytes = 4 << 20
    /// How many bytes may stand between two angle brackets, or as one text without a line break.
    package var tokenBytes = 1 << 20

    package init() {}
  }

  private let parser: XML_Parser
  private let limits: Limits
  /// Elements that have begun, outermost first.
  private var open: [XMLElement] = []
  /// What is kept: all elements that have begun and were not taken, and the bytes of their texts.
  private var kept = (elements: 0, bytes: 0)
  private var allElements = 0
  /// What was kept when each open element began.
  private var keptBefore: [(elements: Int, bytes: Int)] = []
  private var bytesRead = 0
  /// The namespace of the element before, which most elements share.
  private var namespace = ""
  private var failure: (any Error)?
  private let inline: (XMLElement) -> String?
  private let handOver: (XMLElement, _ parents: [XMLElement]) throws -> Bool

  /// - Parameters:
  ///   - inline: What an element says within the text of the one around it, with all blanks; `nil` when it stands for
  ///     itself.
  ///   - handOver: Called with each element as it ends and those around it; `true` when it was taken, and nobody needs to
  ///     keep it.
  package init(
    limits: Limits = Limits(), inline: @escaping (XMLElement) -> String? = { _ in nil },
    handOver: @escaping (XMLElement, _ parents: [XMLElement]) throws -> Bool
  ) throws(XMLError) {
    guard let parser = unsafe XML_ParserCreateNS(nil, XML_Char(bitPattern: Self.separator)) else {
      throw XMLError(line: 1, reason: "there is no memory for it")
    }
    unsafe self.parser = parser
    self.limits = limits
    self.inline = inline
    self.handOver = handOver
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    unsafe XML_SetElementHandler(
      parser,
      { data, name, attributes in
        guard let data = unsafe data, let name = unsafe name else { return }
        unsafe XMLReader.of(data).begin(name, attributes)
      },
      { data, _ in
        guard let data = unsafe data else { return }
        unsafe XMLReader.of(data).end()
      })
    unsafe XML_SetCharacterDataHandler(parser) { data, text, count in
      guard let data = unsafe data, let text = unsafe text else { return }
      let bytes = unsafe UnsafeRawBufferPointer(start: text, count: Int(count))
      unsafe XMLReader.of(data).add(unsafe String(decoding: bytes, as: UTF8.self))
    }
    unsafe XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      guard let data = unsafe data else { return }
      unsafe XMLReader.of(data).refuse(
        "it has a DOCTYPE, with which a file could make itself endless or fetch others")
    }
  }

  deinit { unsafe XML_ParserFree(parser) }

  /// Between a namespace and a name.
  private static let separator: UInt8 = 0x0A

  /// Reads the next bytes.
  ///
  /// - Parameter isLast: Whether the document ends with them.
  /// - Throws: `XMLError`, or what the reader of the elements throws.
  package func read(_ bytes: ArraySlice<UInt8>, isLast: Bool) throws {
    bytesRead += bytes.count
    let status = unsafe bytes.withUnsafeBytes { buffer in
      unsafe XML_Parse(
        parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), isLast ? 1 : 0)
    }
    if let failure { throw failure }
    // expat keeps what it has not seen the end of.
    if status != XML_STATUS_ERROR, bytesRead - Int(unsafe XML_GetCurrentByteIndex(parser)) > limits.tokenBytes
    {
      throw XMLError(
        line: line, reason: "something that begins here is longer than \(limits.tokenBytes >> 20) MB")
    }
    guard status == XML_STATUS_ERROR else { return }
    throw XMLError(line: line, reason: Self.reason(unsafe XML_GetErrorCode(parser)))
  }

  private static func reason(_ code: XML_Error) -> String {
    if code == XML_ERROR_UNKNOWN_ENCODING {
      return "it is in an encoding that XML need not have; save it as UTF-8"
    }
    guard let text = unsafe XML_ErrorString(code) else { return "it is no XML" }
    return "it is no XML (\(unsafe String(cString: text)))"
  }

  private var line: Int { Int(unsafe XML_GetCurrentLineNumber(parser)) }

  private static func of(_ data: UnsafeMutableRawPointer) -> XMLReader {
    unsafe Unmanaged<XMLReader>.fromOpaque(data).takeUnretainedValue()
  }

  // MARK: What the parser finds

  private func begin(
    _ name: UnsafePointer<XML_Char>, _ attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?
  ) {
    guard failure == nil else { return }
    keptBefore.append(kept)
    kept.elements += 1
    allElements += 1
    if open.count >= limits.depth {
      return refuse("more than \(limits.depth) elements stand within each other")
    }
    if allElements > limits.allElements {
      return refuse("it has more than \(limits.allElements) elements")
    }
    if kept.elements > limits.elements {
      return refuse("one piece of it has more than \(limits.elements) elements")
    }
    var values: [String: String] = [:]
    var index = 0
    while let key = unsafe attributes?[index], let value = unsafe attributes?[index + 1] {
      let text = unsafe String(cString: value)
      kept.bytes += text.utf8.count
      unsafe values[Self.split(key).name] = text
      index += 2
    }
    if kept.bytes > limits.pieceBytes { return refuseText() }
    let (prefix, local) = unsafe Self.split(name)
    if prefix != namespace { namespace = prefix }
    open.append(XMLElement(name: local, namespace: namespace, attributes: values, line: line))
  }

  private static func split(_ name: UnsafePointer<XML_Char>) -> (namespace: String, name: String) {
    let parts = unsafe String(cString: name).split(separator: "\n", omittingEmptySubsequences: false)
    return parts.count > 1 ? (String(parts[0]), String(parts[1])) : ("", String(parts.first ?? ""))
  }

  private func add(_ text: String) {
    guard failure == nil, !open.isEmpty else { return }
    let last = open.count - 1
    let count = text.utf8.count
    if open[last].text.utf8.count + count > limits.textBytes {
      return refuse("the text of \(open[last].name) is longer than \(limits.textBytes) bytes")
    }
    kept.bytes += count
    if kept.bytes > limits.pieceBytes { return refuseText() }
    open[last].text += text
  }

  private func end() {
    guard failure == nil, var element = open.popLast(), let before = keptBefore.popLast() else { return }
    if let text = inline(element) {
      kept = before
      return add(text)
    }
    element.text = Self.trimmed(element.text)
    do {
      if try handOver(element, open) {
        kept = before
      } else if !open.isEmpty {
        open[open.count - 1].children.append(element)
      }
    } catch {
      stop(error)
    }
  }

  private static func trimmed(_ text: String) -> String {
    let isBlank = { (character: Character) in character == " " || character.isNewline || character == "\t" }
    let start = text.drop(while: isBlank)
    return String(start.reversed().drop(while: isBlank).reversed())
  }

  private func refuseText() {
    refuse("one piece of it has more than \(limits.pieceBytes >> 20) MB of text")
  }

  private func refuse(_ reason: String) { stop(XMLError(line: line, reason: reason)) }

  private func stop(_ error: any Error) {
    failure = error
    unsafe XML_StopParser(parser, 0)
  }
}
