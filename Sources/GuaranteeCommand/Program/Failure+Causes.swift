import GuaranteeLedger
import PrivatePostgres

extension LedgerError: FailureConvertible {
  var failure: Failure {
    let code: Failure.Code =
      switch self.code {
      case .notPermitted: .notPermitted
      case .database: .defect
      case .notYet, .notPossible: .usage
      default: .unreachable
      }
    return Failure(code, Phrase(said: message.endingInStop))
  }
}

extension EventFileError: FailureConvertible {
  var failure: Failure { Failure(.unreadableInput, Phrase(said: description.endingInStop)) }
}

extension PrivateServerError: FailureConvertible {
  var failure: Failure {
    let isForbidden = [.permissionDenied, .wrongOwner, .readOnly].contains(code)
    return Failure(
      isForbidden ? .notPermitted : .unreachable, "\(Phrase(said: reason)); \(Phrase(said: remedy)).")
  }
}

extension String {
  /// With a full stop at its end, as a sentence has it.
  var endingInStop: String {
    hasSuffix(".") || hasSuffix("!") || hasSuffix("?") || isEmpty ? self : self + "."
  }
}
