// usage: SQLEmbeddingTool embed|events|commands|words|letters SQL-FOLDER OUTPUT FILE...
//
// Writes one Swift file from the SQL and the rules: what to embed, the typed events, the commands, what all of it is
// called in other languages, or the templates of letters.
import Foundation

let arguments = CommandLine.arguments
do {
  guard arguments.count >= 4 else { throw ToolError("usage: SQLEmbeddingTool MODE FOLDER OUTPUT FILE...") }
  let isOfProgram = { (path: String) in [".po", ".html", ".css"].contains { path.hasSuffix($0) } }
  let translations = try SourceFile.read(paths: arguments.dropFirst(4).filter(isOfProgram)[...], below: "/")
  let files = try SourceFile.read(
    paths: arguments.dropFirst(4).filter { !isOfProgram($0) }[...], below: arguments[2])
  let swift =
    switch arguments[1] {
    case "embed": EmbeddedFiles(files: files + PastBinding(files: files).files).swift
    case "events": TypedEvents(rules: try Rules(files: files)).swift
    case "commands":
      try EventCommands(rules: Rules(files: files)).swift
        + HelpPages(rules: Rules(files: files), files: files).swift
    case "words": try WordCatalogue(translations: translations, rules: files).swift
    case "letters": try LetterFiles(files: translations).swift
    default: throw ToolError("unknown mode \(arguments[1])")
    }
  try Data(swift.utf8).write(to: URL(fileURLWithPath: arguments[3]), options: .atomic)
} catch {
  FileHandle.standardError.write(Data("error: \(error)\n".utf8))
  exit(1)
}
