import GuaranteeLedger

/// Which program this is.
enum ProgramVersion {
  static let current = LedgerProgram.version
}
