package import GuaranteeLedger

extension LedgerConfiguration {
  /// For tests that are not about deadlines: on a machine that many tests share, each may be slow.
  package static func patient(_ connectionString: String) -> LedgerConfiguration {
    var configuration = LedgerConfiguration(connectionString)
    configuration.deadline = .seconds(600)
    configuration.attemptTimeout = .seconds(120)
    return configuration
  }
}
