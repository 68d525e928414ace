import PostgresClient

extension SQLState {
  /// The ledger's own: a reading looks back to what lies ahead.
  fileprivate static let notYet = SQLState(rawValue: "GL007")
  /// The ledger's own: what is asked for makes no sense as it is.
  fileprivate static let notPossible = SQLState(rawValue: "GL008")
}

extension PostgresError {
  /// What is the matter with the server's disk; `nil` when nothing is, as far as it says.
  ///
  /// A server that can't write its log of changes says so and ends, at whatever point a commit had come to.
  fileprivate var diskTrouble: String? {
    switch sqlState {
    case .diskFull?: "The database's disk is full"
    case .ioError?: "The database's disk fails"
    default: nil
    }
  }
}

extension LedgerError {
  /// What a failure of the database means to those who use the ledger.
  init(_ error: PostgresError) {
    let said = error.message.split(whereSeparator: \.isNewline).joined(separator: " ")
    let disk = error.diskTrouble
    if error.isEffectUnknown, let disk {
      self.init(
        .outcomeUnknown,
        "\(disk) and it is not known whether the change was made: send the same keys again (\(said)).")
      namesDisk = true
      return
    }
    if error.isEffectUnknown {
      self.init(
        .outcomeUnknown, "It is not known whether the change was made: send the same keys again (\(said)).")
      return
    }
    if let disk {
      self.init(.storage, "\(disk), and nothing was changed: \(said).")
      namesDisk = true
      return
    }
    switch error.kind {
    case .unreachable: self.init(.unreachable, "The database cannot be reached: \(said).")
    case .connectionLost: self.init(.connectionLost, "The connection to the database was lost: \(said).")
    case .closed: self.init(.shuttingDown, "The ledger is closed.")
    case .deadlineExceeded: self.init(.deadlineExceeded, "The database did not answer in time: \(said).")
    case .cancelled: self.init(.cancelled, "The call was cancelled.")
    case .replicationUnconfirmed:
      self.init(.outcomeUnknown, "The standby did not confirm the change: \(said).")
    case .rolledBack, .misuse: self.init(.database, "The database refused: \(said).")
    case .server: self.init(fromServer: error, saying: said)
    }
  }

  private init(fromServer error: PostgresError, saying said: String) {
    let state = error.sqlState?.rawValue ?? "no code"
    switch error.sqlState {
    case .insufficientPrivilege?: self.init(.notPermitted, "This login may not do that: \(said).")
    case .readOnlyTransaction?: self.init(.notPermitted, "This database takes no changes: \(said).")
    case .notYet?: self.init(.notYet, said.prefix(1).uppercased() + said.dropFirst() + ".")
    case .notPossible?: self.init(.notPossible, said.prefix(1).uppercased() + said.dropFirst() + ".")
    default: self.init(.database, "The database reports: \(said) (\(state)).")
    }
  }
}
