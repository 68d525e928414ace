/// Why the program stops: one sentence for standard error and the exit code that goes with it.
struct Failure: Error, Equatable {
  /// What the program tells the shell; the numbers are those of `sysexits.h`.
  enum Code: Int32 {
    /// Nothing went wrong: whoever read the output left early.
    case done = 0
    /// An event was refused or a check failed.
    case refused = 1
    /// The command line is wrong.
    case usage = 64
    /// An input file cannot be read as events.
    case unreadableInput = 65
    /// The database does not answer, or is not yet a ledger.
    case unreachable = 69
    /// A defect in this program or in the ledger's functions.
    case defect = 70
    /// Output could not be written.
    case output = 74
    /// The database or the system does not permit it.
    case notPermitted = 77
    /// Stopped by ^C or a termination signal.
    case interrupted = 130
  }

  let code: Code

  /// One sentence without a leading `guarantee:`; empty when everything was said already.
  let message: Phrase

  init(_ code: Code, _ message: Phrase) {
    self.code = code
    self.message = message
  }

  /// Everything was printed already: only the exit code is left to give.
  static func silent(_ code: Code) -> Failure { Failure(code, "") }
}
