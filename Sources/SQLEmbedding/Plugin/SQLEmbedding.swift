import Foundation
import PackagePlugin

/// Runs the embedding tool for the three targets that are partly written from `sql/`, for the translations and for the letters.
///
/// Each file that is read is an input of the command, so that an edit, a new and a deleted file all rebuild.
@main
struct SQLEmbedding: BuildToolPlugin {
  /// The target whose folder holds the SQL and the rules.
  private static let source = "LedgerSQL"

  func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
    let targets = try context.package.targets(named: [Self.source])
    guard let sql = targets.first, let files = sql.sourceModule?.sourceFiles else { return [] }
    return try Self.modes(for: target.name).map { mode in
      let own = ["words", "letters"].contains(mode) ? target.sourceModule?.sourceFiles.map(\.url) ?? [] : []
      let kinds = mode == "letters" ? ["html", "css"] : ["sql", "csv", "po"]
      let inputs =
        (files.map(\.url) + own)
        .filter { kinds.contains($0.pathExtension) }
        .filter { mode == "embed" || $0.pathExtension != "sql" }
        .sorted { $0.path < $1.path }
      let output = context.pluginWorkDirectoryURL.appending(path: "\(target.name)+\(mode).swift")
      return .buildCommand(
        displayName: "Writing \(output.lastPathComponent) from sql/",
        executable: try context.tool(named: "SQLEmbeddingTool").url,
        arguments: [mode, sql.directoryURL.path, output.path] + inputs.map(\.path),
        inputFiles: inputs,
        outputFiles: [output])
    }
  }

  private static func modes(for target: String) -> [String] {
    switch target {
    case source: ["embed"]
    case "GuaranteeLedger": ["events"]
    default: ["commands", "words", "letters"]
    }
  }
}
