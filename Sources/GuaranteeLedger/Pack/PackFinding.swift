/// Something in an audit pack that does not fit.
public struct PackFinding: Sendable, Hashable {
  /// What the finding is about.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A file is missing, is not listed, or has other bytes than the manifest says, or than the program that made the pack has.
    case files
    /// A file is not the table that it should be.
    case format
    /// Rows are missing, doubled or out of their order.
    case order
    /// An event's hash does not follow from it and the one before it, or the last one is not the manifest's.
    case chain
    /// A seal is not signed, does not follow from the one before it, or closes another journal than the pack's.
    case seals
    /// The pack does not go on from the older one.
    case prefix
    /// An entry is not what its event and the postings call for.
    case entries
    /// Debits and credits of an event don't come to the same.
    case doubleEntry = "double-entry"
    /// A balance does not follow from the entries, or is below zero.
    case balances
    /// A closing does not follow from the journal, or from the one before it.
    case closings
    /// A dispute or lot goes a step that there is none of, or is not where its events have left it.
    case stages
    /// An office, party, recordal or facility is not as its events say.
    case registers
    /// Something is named that is not there.
    case references
    /// What stands beside the tables is not what is made of them.
    case additions
    /// The manifest's counts, totals or dates are not those of its files.
    case manifest
  }

  /// What it is about.
  public let kind: Kind
  /// The file, such as `entries.csv`.
  public let file: String
  /// The line in the file, the header being line 1; `nil` when it is about the file as a whole.
  public let line: Int?
  /// What is wrong, as a sentence.
  public let reason: String
  /// How many more there are of the kind.
  public internal(set) var more = 0
}

extension PackFinding: CustomStringConvertible {
  public var description: String { "\(file)\(line.map { ", line \($0)" } ?? ""): \(reason)" }
}

/// What the proof of an audit pack came to.
public struct PackProof: Sendable, Hashable {
  /// The first finding of each kind; empty when everything fits.
  public internal(set) var findings: [PackFinding] = []
  /// How many rows each table has.
  public internal(set) var rows: [String: Int] = [:]
  /// How far the journal of each office goes.
  public internal(set) var heads: [String: Int64] = [:]
  /// What the keys are called that the seals are signed with: compare them with what the office gave out.
  public internal(set) var keyIDs: [String] = []
  /// What the pack can't prove, as sentences: what one of a part leaves out, events that no seal covers, and
  /// rules that this program doesn't know.
  public internal(set) var limits: [String] = []

  /// Whether everything fits.
  public var isWhole: Bool { findings.isEmpty }
}

/// Why an audit pack can't be written or read at all.
public struct PackError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What stands in the way.
  public enum Code: Sendable, Hashable {
    /// Something is there already where the pack is to be.
    case occupied
    /// The pack, or a temporary file, can't be written.
    case unwritable
    /// There is no pack, or it is of a form that this program does not know.
    case unreadable
    /// There is no such office or dispute as the pack is to be of, or no pack can be of that together.
    case unknown
  }

  /// What stands in the way.
  public let code: Code
  /// One sentence.
  public let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}

/// What keeps a file of a pack from being read, before it is a finding or an error.
struct PackFault: Error {
  let file: String
  let reason: String
  var line: Int?

  init(_ file: String, _ reason: String, line: Int? = nil) {
    self.file = file
    self.reason = reason
    self.line = line
  }
}

/// Gathers findings: the first of each kind, and how many more there are.
final class PackFindings {
  private(set) var first: [PackFinding.Kind: PackFinding] = [:]

  func note(_ kind: PackFinding.Kind, _ file: String, line: Int? = nil, _ reason: @autoclosure () -> String) {
    if first[kind] == nil {
      first[kind] = PackFinding(kind: kind, file: file, line: line, reason: reason())
    } else {
      first[kind]?.more += 1
    }
  }

  func note(_ kind: PackFinding.Kind, _ fault: PackFault) {
    note(kind, fault.file, line: fault.line, fault.reason)
  }

  /// In the order of the kinds.
  var all: [PackFinding] { PackFinding.Kind.allCases.compactMap { first[$0] } }
}
