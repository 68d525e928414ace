import ArgumentParser
import GuaranteeLedger

/// Which columns of rows are printed.
struct ColumnOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Only these columns, in this order, with commas between.", valueName: "columns"))
  var columns: String?

  func validate() throws {
    if let columns { try Self.validate(Self.names(in: columns), of: "--columns") }
  }

  /// The columns that were chosen; `nil` for all.
  var names: [String]? { columns.map(Self.names) }

  /// To be asked before work that takes long or changes something.
  ///
  /// - Throws: `UnknownColumn` for a chosen one that is not among those that there will be.
  func check(_ columns: () async throws -> [ReportColumn]) async throws {
    guard let names else { return }
    let there = try await columns().map(\.name)
    if let name = names.first(where: { !there.contains($0) }) {
      throw UnknownColumn(name: name, columns: there)
    }
  }

  static func names(in text: String) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingSpaces }
  }

  /// - Throws: `ValidationError` for names that can't be of columns.
  static func validate(_ names: [String], of option: String) throws {
    if names.contains("") { throw misuse("\(option) takes names of columns with commas between.") }
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw misuse("\(option) names '\(twice)' twice: name it once.")
    }
  }
}

/// A column that the rows don't have.
struct UnknownColumn: Error, FailureConvertible {
  let name: String
  let columns: [String]

  var failure: Failure {
    let question = Nearest.question(Nearest.names(to: name, among: columns))
    return Failure(
      .usage,
      "There is no column '\(name)' here.\(question) The columns are \(columns.joined(separator: ", ")).")
  }
}
