/// Which program this is.
package enum LedgerProgram {
  /// Its version, such as `0.1.0`.
  package static let version = "0.1.0"
}
