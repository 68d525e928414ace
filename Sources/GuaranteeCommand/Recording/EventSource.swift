import GuaranteeLedger

/// The rows of several event files one after the other, in batches: read and parsed on an executor of its
/// own while the database works on the batch before.
actor EventSource {
  /// Rows of one file that are recorded together.
  struct Batch: Sendable {
    let file: String
    let rows: [EventRow]
    /// What could not be read on the way, in a mode that goes on behind it.
    let problems: [EventFileError]
    /// What should be said of the file although it was read to its end.
    let doubts: [Phrase]
    /// How much of all files was read so far.
    let bytesRead: Int
  }

  /// How many events go to the database in one call.
  static let batchSize = 4000

  /// A batch ends early once its rows hold so much text.
  static let batchBytes = 2 << 20

  private let files: [Spreadsheets.Source]
  private let goesOn: Bool
  private var nextPath = 0
  private var file: EventFile?
  private var bytesOfFinishedFiles = 0
  private var failure: EventFileError?

  /// - Parameters:
  ///   - files: the files in the order in which they are recorded; `-` is standard input.
  ///   - goesOn: whether reading goes on behind a row that cannot be read.
  init(_ files: [Spreadsheets.Source], goesOn: Bool) {
    self.files = files
    self.goesOn = goesOn
  }

  /// The next rows, or `nil` at the end of the last file.
  ///
  /// - Throws: `EventFileError`, after all the rows before it were given.
  func next() throws(EventFileError) -> Batch? {
    if let failure { throw failure }
    while true {
      guard let file = try current() else { return nil }
      let batch = read(from: file)
      if !batch.rows.isEmpty || !batch.problems.isEmpty || !batch.doubts.isEmpty { return batch }
      if let failure { throw failure }
    }
  }

  /// The file that is being read, or else the next one.
  private func current() throws(EventFileError) -> EventFile? {
    if let file { return file }
    guard nextPath < files.count else { return nil }
    defer { nextPath += 1 }
    do {
      file = try EventFile(path: files[nextPath].path, name: files[nextPath].name)
      return file
    } catch {
      failure = error
      throw error
    }
  }

  private func read(from file: EventFile) -> Batch {
    var rows: [EventRow] = []
    var problems: [EventFileError] = []
    let start = file.bytesRead
    while rows.count + problems.count < Self.batchSize, file.bytesRead - start < Self.batchBytes {
      do {
        guard let row = try file.next() else {
          bytesOfFinishedFiles += file.bytesRead
          self.file = nil
          return batch(file, rows, problems, bytesOfFinishedFiles)
        }
        rows.append(row)
      } catch {
        guard goesOn, !error.endsReading else {
          failure = error
          break
        }
        problems.append(error)
      }
    }
    return batch(file, rows, problems, bytesOfFinishedFiles + file.bytesRead)
  }

  private func batch(
    _ file: EventFile, _ rows: [EventRow], _ problems: [EventFileError],
    _ bytesRead: Int
  ) -> Batch {
    let doubts = self.file == nil ? Self.doubts(of: file) : []
    return Batch(file: file.name, rows: rows, problems: problems, doubts: doubts, bytesRead: bytesRead)
  }

  private static func doubts(of file: EventFile) -> [Phrase] {
    var doubts: [Phrase] = []
    if file.isGB18030 {
      doubts.append(
        "\(file.name) is not UTF-8 and was read as GB 18030. Should its texts look wrong, save it as UTF-8.")
    }
    if let line = file.openEnd {
      doubts.append(
        "\(file.name), line \(line): no line break ends this line. If the file was cut off here, the line's last value is not whole."
      )
    }
    return doubts
  }
}
