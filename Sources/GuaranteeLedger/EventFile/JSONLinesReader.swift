/// Reads JSON Lines: one object a line, its members named as the fields of an event.
struct JSONLinesReader {
  private let names: FieldNames
  private var line: Int
  private var previousWasCR = false
  private var text: [UInt8] = []
  private var name: [UInt8] = []
  private var value: [UInt8] = []
  private var row = RowText()
  /// The members of the row before, which the next one mostly has too.
  private var shape = EventColumns(names: [], known: [])

  /// A longer line is no event.
  private static let longestLine = 4 << 20

  init(line: Int, names: FieldNames) {
    self.line = line
    self.names = names
  }

  /// The next object; `nil` at the end of the file. Lines of nothing but blanks are none.
  mutating func next(from source: inout ByteSource) throws -> EventRow? {
    while let rowLine = try readLine(from: &source) {
      if text.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) { continue }
      do {
        return try parse(line: rowLine)
      } catch let fault as JSONObject.Fault {
        throw problem(fault, line: rowLine)
      }
    }
    return nil
  }

  // MARK: Lines

  /// Reads up to the next line break into `text` and returns the line's number; `nil` at the end.
  private mutating func readLine(from source: inout ByteSource) throws -> Int? {
    text.removeAll(keepingCapacity: true)
    let number = line
    var isTooLong = false
    var isAtEnd = true
    while try source.hasMore() {
      if previousWasCR && source.piece[source.position] == UInt8(ascii: "\n") {
        previousWasCR = false
        source.position += 1
        continue
      }
      previousWasCR = false
      isAtEnd = false
      let start = source.position
      let stop =
        source.piece[start..<source.end].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      let end = stop ?? source.end
      isTooLong = isTooLong || text.count + end - start > Self.longestLine
      if !isTooLong { text.append(contentsOf: source.piece[start..<end]) }
      source.position = end
      guard let stop else { continue }
      previousWasCR = source.piece[stop] == UInt8(ascii: "\r")
      source.position += 1
      line += 1
      break
    }
    if isTooLong {
      throw RowProblem(line: number, reason: "the line is longer than \(Self.longestLine) bytes")
    }
    return isAtEnd ? nil : number
  }

  // MARK: Members

  private mutating func parse(line: Int) throws -> EventRow {
    if let fault = firstFault(in: text[...]) {
      throw RowProblem(
        line: line, reason: "byte \(fault + 1) of the line is not UTF-8; save the file as UTF-8")
    }
    if let nul = text.firstIndex(of: 0) {
      throw RowProblem(line: line, reason: "byte \(nul + 1) of the line is NUL; the file is damaged")
    }
    _ = row.take()
    // Most objects have the members of the one before, in the same order: then `others` stays nil.
    var others: [String]?
    var object = try JSONObject(text)
    while try object.nextName(into: &name) {
      let index = row.count
      let isAsBefore =
        others == nil && index < shape.names.count && shape.names[index].utf8.elementsEqual(name)
      if !isAsBefore && others == nil { others = Array(shape.names.prefix(index)) }
      let member = isAsBefore ? shape.names[index] : try memberName(notAmong: others ?? [], line: line)
      value.removeAll(keepingCapacity: true)
      do {
        try object.value(into: &value)
      } catch {
        if error.isSyntax { throw error }
        throw RowProblem(line: line, field: member, reason: error.reason)
      }
      guard value.count <= RowText.longestValue else {
        let reason = "the value is longer than \(RowText.longestValue) bytes"
        throw RowProblem(line: line, field: member, reason: reason)
      }
      row.append(value[...], union: 0)
      _ = row.endValue()
      others?.append(member)
    }
    if others == nil && row.count < shape.names.count { others = Array(shape.names.prefix(row.count)) }
    if let others { shape = EventColumns(names: others, known: names.known) }
    let (bytes, ends) = row.take()
    return EventRow(line: line, shape: shape, bytes: bytes, ends: ends)
  }

  /// The name just read, if an event knows it and the object has it only once.
  private func memberName(notAmong members: [String], line: Int) throws -> String {
    let member = String(decoding: name, as: UTF8.self)
    guard names.allows(member) else {
      throw RowProblem(line: line, field: shown(member), reason: names.whyNot(member))
    }
    guard !members.contains(member) else {
      throw RowProblem(line: line, field: member, reason: "the object has this member twice")
    }
    return member
  }

  private func problem(_ fault: JSONObject.Fault, line: Int) -> RowProblem {
    let before = String(decoding: text.prefix(fault.offset), as: UTF8.self).count
    let place = fault.isSyntax ? "this is not JSON at character \(before + 1): " : ""
    return RowProblem(line: line, reason: place + fault.reason)
  }
}
