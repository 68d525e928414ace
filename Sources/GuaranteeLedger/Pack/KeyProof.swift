/// An event under its own key, or the reversal that names it.
struct KeyMention {
  let isReversal: Bool
  let line: Int
  /// Of the entries; `nil` without any.
  let digest: Int?
  let office: [UInt8]
}

extension KeyMention {
  init(_ payload: [UInt8]) {
    var reader = PayloadReader(payload)
    let line = reader.number()
    let office = Array(reader.string())
    self.init(
      isReversal: line < 0, line: Int(line.magnitude),
      digest: reader.isAtEnd ? nil : Int(reader.number()), office: office)
  }

  func write(to payload: inout [UInt8]) {
    payload.removeAll(keepingCapacity: true)
    payload.appendNumber(Int64(isReversal ? -line : line))
    payload.appendString(office)
    if let digest { payload.appendNumber(Int64(digest)) }
  }
}

/// Proves that no key is there twice, and that each reversal takes back the entries of the event that it names.
struct KeyProof {
  private let findings: PackFindings

  /// Whether what is taken back may be an event that the pack leaves out.
  private let isPartial: Bool

  init(_ findings: PackFindings, _ selection: PackSelection) {
    self.findings = findings
    isPartial = selection.isByDate
  }

  /// - Returns: How many events take back what the pack leaves out.
  func run(_ records: RecordSorter) throws -> Int {
    var unknown = 0
    var records = try records.sorted()
    var key: [UInt8]?
    var event: KeyMention?
    var isTakenBack = false
    while try records.next() {
      if records.key != key {
        (key, event, isTakenBack) = (records.key, nil, false)
      }
      let mention = KeyMention(records.payload)
      // Made only when it is needed, since that takes longer than all the rest.
      var name: String { shown(String(decoding: records.key, as: UTF8.self)) }
      if !mention.isReversal {
        if event != nil { note(.order, mention, "the key \(name) is there a second time") }
        event = mention
        continue
      }
      if isTakenBack { note(.entries, mention, "the event \(name) is taken back a second time") }
      isTakenBack = true
      if event == nil, isPartial {
        unknown += 1
        continue
      }
      // An event that comes later, or in another office, can't be taken back.
      guard let event, event.office == mention.office else {
        note(.references, mention, "there is no event \(name) before it in its office")
        continue
      }
      if event.digest != mention.digest || event.digest == nil {
        note(.entries, mention, "its entries are not those of \(name) with their sides changed")
      }
    }
    return unknown
  }

  private func note(_ kind: PackFinding.Kind, _ mention: KeyMention, _ reason: @autoclosure () -> String) {
    findings.note(kind, "events.csv", line: mention.line, reason())
  }
}
