import Crypto
import FoundationEssentials

/// Where a seal says that an office's journal ended.
struct SealedHead {
  let office: [UInt8]
  /// Which of the seals it is, from 0.
  let seal: Int
  let sequence: Int64
  let hash: [UInt8]
}

/// Proves the seals by themselves, and keeps what they say of the journals for those who read these.
final class SealProof {
  /// More than anybody makes; each takes some memory.
  private static let mostSeals = 100_000

  private let findings: PackFindings
  private let trusted: Set<String>
  private let selection: PackSelection
  private let eventHeads = RecordSorter()
  private let attemptHeads = RecordSorter()
  /// The root and the number of events that each seal says, and on which line.
  private var roots: [(root: [UInt8], events: String, line: Int)] = []
  private(set) var keyIDs: Set<String> = []

  /// - Parameters:
  ///   - trusted: What the keys are called that seals may have; any when empty.
  ///   - selection: Whose refused attempts the pack has.
  init(_ findings: PackFindings, trusting trusted: [String], _ selection: PackSelection) {
    self.findings = findings
    self.trusted = Set(trusted)
    self.selection = selection
  }

  /// - Parameters:
  ///   - last: The seal that the manifest says is the latest.
  ///   - before: The latest seal of an older pack; `nil` when there is none.
  func run(_ rows: PackRows, last: PackManifest.LastSeal?, after before: PackManifest.LastSeal?) throws {
    var previous = [UInt8](repeating: 0, count: 32)
    while rows.next() {
      guard roots.count < Self.mostSeals else {
        rows.note(.format, "there are more seals than \(Self.mostSeals)")
        continue
      }
      try rows.withCells { cells in
        let statement = Array(cells[Column.statement])
        let root = [UInt8](hexDigits: cells.text(Column.root), count: 32) ?? []
        roots.append((root, "", rows.line))
        checkSignature(cells, statement, rows)
        guard let said = try? ForeignJSON.read(Array(statement), as: SealStatement.self) else {
          return rows.note(.seals, "what was signed can't be read")
        }
        roots[roots.count - 1].events = said.events
        check(said, cells, after: previous, rows)
        try keep(said)
        previous = Array(SHA256.hash(data: statement))
        if let before, before.number == roots.count, before.sha256 != previous.hexDigits {
          rows.note(.prefix, "the older pack has another seal \(before.number)")
        }
      }
    }
    if let before, before.number > roots.count {
      findings.note(
        .prefix, rows.table.file, "the older pack has \(before.number) seals, which are not all here")
    }
    if roots.isEmpty, !trusted.isEmpty {
      findings.note(
        .seals, rows.table.file, "there is no seal, so that nothing is signed with a key that is trusted")
    }
    if last?.number ?? 0 != Int64(roots.count) || last.map({ $0.sha256 != previous.hexDigits }) ?? false {
      findings.note(
        .seals, PackManifest.name,
        "the latest seal of the pack is \(roots.count), and the manifest says otherwise")
    }
  }

  private enum Column {
    static let number = 0
    static let sealedAt = 1
    static let sealedBy = 2
    static let keyID = 3
    static let root = 4
    static let statement = 5
    static let signature = 6
    static let publicKey = 7
  }

  private func checkSignature(_ cells: PackCells, _ statement: [UInt8], _ rows: PackRows) {
    let keyID = cells.text(Column.keyID)
    guard let key = [UInt8](hexDigits: cells.text(Column.publicKey), count: 32),
      let signature = [UInt8](hexDigits: cells.text(Column.signature), count: 64),
      SealingKey.id(of: key) == keyID, SealingKey.isSigned(statement, by: key, signature)
    else { return rows.note(.seals, "the signature is not that of the seal's key") }
    if keyIDs.count < 1000 { keyIDs.insert(keyID) }
    if !trusted.isEmpty, !trusted.contains(keyID) {
      rows.note(.seals, "the seal is signed with the key \(keyID), which is none of those that are trusted")
    }
  }

  private func check(_ said: SealStatement, _ cells: PackCells, after previous: [UInt8], _ rows: PackRows) {
    let wanted = [said.number, said.sealedAt, said.sealedBy, said.keyID, said.root]
    if wanted.indices.contains(where: { cells.text($0) != wanted[$0] }) {
      rows.note(.seals, "the row says something else than what was signed")
    }
    if said.number != String(roots.count) {
      rows.note(.seals, "the seal's number is \(shown(said.number)), and \(roots.count) should come here")
    }
    if said.previous != previous.hexDigits {
      rows.note(.seals, "the seal does not follow from the one before it")
    }
  }

  private func keep(_ said: SealStatement) throws {
    for (office, head) in said.heads { try keep(office, head.sequence, head.hash, in: eventHeads) }
    for (office, head) in said.attempts where selection.has(office: office) {
      try keep(office, head.number, head.hash, in: attemptHeads)
    }
  }

  private func keep(_ office: String, _ number: String, _ hash: String, in heads: RecordSorter) throws {
    var key = Array(office.utf8) + [0]
    let seal = roots.count - 1
    for shift in stride(from: 24, through: 0, by: -8) { key.append(UInt8(truncatingIfNeeded: seal >> shift)) }
    var payload: [UInt8] = []
    payload.appendNumber(Int64(seal))
    payload.appendNumber(Int64(number) ?? -1)
    payload.appendString(office.utf8)
    payload.appendString([UInt8](hexDigits: hash, count: 32) ?? [])
    try heads.add(key: key, payload: payload)
  }

  // MARK: The journals

  /// What the seals say of events, to be held against them.
  func events() throws -> SealedJournal {
    try SealedJournal(eventHeads, seals: roots.count, makesTrees: true, findings, of: "event")
  }

  /// What the seals say of refused attempts.
  func attempts() throws -> SealedJournal {
    try SealedJournal(attemptHeads, seals: roots.count, makesTrees: false, findings, of: "refused attempt")
  }

  /// Compares the roots of the events with what the seals say.
  func check(_ journal: SealedJournal) {
    for (tree, root) in zip(journal.trees, roots)
    where tree.root != root.root || String(tree.count) != root.events {
      findings.note(
        .seals, "seals.csv", line: root.line,
        "root or number of events are not those since the seal before: \(tree.count) with the root \(tree.root.hexDigits)"
      )
    }
  }
}

/// Holds what seals say against a journal that is read in its order, office by office.
final class SealedJournal {
  private let findings: PackFindings
  private let thing: String
  private let sealCount: Int
  private let makesTrees: Bool
  private var records: SortedRecords
  /// What is said next; `nil` after the last.
  private var head: SealedHead?
  private var office: [UInt8]?
  private var sequence: Int64 = 0
  private var hash = EventChain.start
  private var file: String { thing == "event" ? "events.csv" : "attempts.csv" }

  /// For each seal, the tree of what it closes.
  private(set) var trees: [MerkleTree]

  init(_ heads: RecordSorter, seals: Int, makesTrees: Bool, _ findings: PackFindings, of thing: String) throws
  {
    self.findings = findings
    self.thing = thing
    self.makesTrees = makesTrees
    sealCount = seals
    trees = makesTrees ? Array(repeating: MerkleTree(), count: seals) : []
    records = try heads.sorted()
    try advance()
  }

  /// Takes the next of the journal, by office and number.
  ///
  /// - Returns: Whether a seal covers it.
  @discardableResult
  func take(_ office: [UInt8], _ sequence: Int64, _ hash: [UInt8]) throws -> Bool {
    if office != self.office { try begin(office) }
    while let head, head.office == office, head.sequence < sequence { try advance() }
    (self.sequence, self.hash) = (sequence, hash)
    guard let head, head.office == office else { return false }
    if makesTrees { trees[head.seal].append(hash) }
    if head.sequence == sequence, head.hash != hash { note(head) }
    return true
  }

  func finish() throws {
    while head != nil { try missing() }
  }

  private func begin(_ office: [UInt8]) throws {
    while let head, head.office.lexicographicallyPrecedes(office) || head.office == self.office {
      try missing()
    }
    self.office = office
    (sequence, hash) = (0, EventChain.start)
  }

  /// Passes over what the journal has ended before, unless a seal says nothing new.
  private func missing() throws {
    if let head, head.office != office || head.sequence > sequence { note(head) }
    try advance()
  }

  private func note(_ head: SealedHead) {
    findings.note(
      .seals, file,
      "seal \(head.seal + 1) has another \(thing) \(head.sequence) of office \(shown(String(decoding: head.office, as: UTF8.self))), or it is not here"
    )
  }

  private func advance() throws {
    let last = head
    guard try records.next() else {
      if let last { checkLast(last) }
      head = nil
      return
    }
    var payload = PayloadReader(records.payload)
    let (seal, sequence) = (Int(payload.number()), payload.number())
    let next = SealedHead(
      office: Array(payload.string()), seal: seal, sequence: sequence, hash: Array(payload.string()))
    head = next
    guard let last else { return }
    if last.office != next.office {
      checkLast(last)
    } else if next.seal != last.seal + 1 || next.sequence < last.sequence
      || next.sequence == last.sequence && next.hash != last.hash
    {
      note(next)
    }
  }

  /// What one seal has, every later one has.
  private func checkLast(_ last: SealedHead) {
    if last.seal != sealCount - 1 { note(last) }
  }
}

/// Proves the refused attempts: their order, their chain and what seals say of them.
final class AttemptProof {
  private let findings: PackFindings
  private let seals: SealedJournal
  private var heads: ArraySlice<PackManifest.Head>
  private var before: OlderJournal

  /// - Parameter before: What an older pack has of the offices that this one is of.
  init(
    _ findings: PackFindings, _ seals: SealedJournal, heads: [PackManifest.Head],
    after before: [PackManifest.Head]
  ) {
    self.findings = findings
    self.seals = seals
    self.before = OlderJournal(before, of: .attempts)
    self.heads = heads[...]
  }

  func run(_ rows: PackRows) throws {
    var chain = EventChain(rows.table)
    var office: [UInt8]?
    var number: Int64 = 0
    while rows.next() {
      try rows.withCells { cells in
        let own = cells.bytes(0)
        if own != office {
          if let office, !office.lexicographicallyPrecedes(own) {
            rows.note(.order, "the office stands behind a later one")
          }
          if let office { end(office, number, chain.head) }
          (office, number) = (own, 0)
          chain.begin()
        }
        let found = MinorUnits.count(cells[1])
        if found != number &+ 1 {
          rows.note(.order, "the number is \(shown(cells.text(1))), and \(number &+ 1) should come here")
        }
        number = found ?? number &+ 1
        if let wanted = chain.take(cells) {
          rows.note(
            .chain, "the hash should be \(wanted): the attempt, or one before it, is not as it was recorded")
        }
        try seals.take(own, number, chain.head)
        before.take(own, number, chain.head, rows)
      }
    }
    if let office { end(office, number, chain.head) }
    before.finish(rows, findings)
    if let head = heads.first {
      findings.note(
        .chain, PackManifest.name,
        "it has refused attempts of office \(shown(head.office)), and there are none")
    }
    try seals.finish()
  }

  private func end(_ office: [UInt8], _ number: Int64, _ hash: [UInt8]) {
    let head = heads.popFirst()
    let name = String(decoding: office, as: UTF8.self)
    if head?.office != name || head?.sequence != number || head?.hash != hash.hexDigits {
      findings.note(
        .chain, PackManifest.name,
        "it has another last refused attempt of office \(shown(name)) than \(number)")
    }
  }
}
