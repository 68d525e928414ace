import GuaranteeLedger

/// Names that a list was narrowed to.
struct GivenNames {
  private var names: [String: String]

  init(_ names: [ReportFilter: String?]) {
    let kinds: [ReportFilter] = [.office, .dispute, .guarantor, .stage, .currency, .account]
    self.names = kinds.reduce(into: [:]) { found, kind in
      if let name = names[kind] ?? nil { found[kind.rawValue] = name }
    }
  }

  /// With those of a report's own filters.
  func adding(_ filters: [ReportFilter: String]) -> GivenNames {
    var all = self
    all.names.merge(GivenNames(filters).names) { own, _ in own }
    return all
  }

  /// To be asked when a list came out empty: it may have been narrowed to what isn't there.
  ///
  /// - Throws: `UnknownName` for the first that names nothing.
  func check(in ledger: Ledger) async throws {
    guard !names.isEmpty, let unknown = try await ledger.unknownNames(names).first else { return }
    throw unknown
  }
}

extension Ledger {
  /// ` Did you mean 'this'?` for a name that names nothing of a kind; nothing where that can't be told.
  ///
  /// - Parameter kind: As `unknownNames` has it, such as `dispute`.
  func question(for name: String, of kind: String) async -> Phrase {
    (try? await unknownNames([kind: name]).first?.question) ?? ""
  }
}

extension UnknownName: Error, FailureConvertible {
  /// ` Did you mean 'this'?`, or nothing.
  var question: Phrase { Nearest.question(Nearest.names(to: value, among: near)) }

  var failure: Failure { Failure(.usage, sentence) }

  private var sentence: Phrase {
    switch ReportFilter(rawValue: field) {
    case .dispute:
      "There is no dispute '\(value)': 'guarantee dispute list' shows those that are there.\(question)"
    case .guarantor:
      "There is no guarantor '\(value)': 'guarantee guarantor list' shows those who have a facility or money.\(question)"
    case .account:
      "There is no account '\(value)': 'guarantee report balances --zero' shows those that are there.\(question)"
    case .stage:
      "There is no stage '\(value)': 'guarantee dispute list' shows where each dispute stands.\(question)"
    case .currency:
      "There is no currency '\(value)': a currency is written as three letters, such as CNY.\(question)"
    default:
      "There is no office '\(value)', or you may not see it: without --office you see all that you may.\(question)"
    }
  }
}
