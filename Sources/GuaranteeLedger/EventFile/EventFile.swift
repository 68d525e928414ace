/// Reads a file of events, CSV or JSON Lines, row by row in constant memory.
public final class EventFile {
  /// The file as it was named; `standard input` for `-`.
  public let name: String

  /// Opens a file; `-` is standard input.
  public init(path: String) throws(EventFileError) { name = path }

  /// The next event; `nil` at the end.
  ///
  /// - Throws: `EventFileError`; unless it `endsReading`, the next call goes on behind the bad row.
  public func next() throws(EventFileError) -> EventRow? { nil }

  /// How much was read so far.
  public var bytesRead: Int { 0 }

  /// The size of the file; `nil` for a pipe.
  public var byteCount: Int? { nil }

  /// What a file of rejected rows begins with, known once the first row was read; empty for JSON Lines.
  package var rejectsHeader: String { "" }
}
