/// Proves that no key is there twice, and that each reversal takes back the entries of the event that it names.
struct KeyProof {
  private struct Mention {
    let isReversal: Bool
    let line: Int
    let office: [UInt8]
    let digest: [UInt8]
  }

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
    var event: Mention?
    var isTakenBack = false
    while try records.next() {
      if records.key != key {
        (key, event, isTakenBack) = (records.key, nil, false)
      }
      var reader = PayloadReader(records.payload)
      let mention = Mention(
        isReversal: reader.number() == 1, line: Int(reader.number()), office: Array(reader.string()),
        digest: Array(reader.string()))
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
      if event.digest != mention.digest || event.digest.isEmpty {
        note(.entries, mention, "its entries are not those of \(name) with their sides changed")
      }
    }
    return unknown
  }

  private func note(_ kind: PackFinding.Kind, _ mention: Mention, _ reason: @autoclosure () -> String) {
    findings.note(kind, "events.csv", line: mention.line, reason())
  }
}
