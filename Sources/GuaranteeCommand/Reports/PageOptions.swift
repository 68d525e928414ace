import ArgumentParser

/// How much of a report is printed.
struct PageOptions: ParsableArguments {
  @Option(help: ArgumentHelp("At most so many rows, the first ones.", valueName: "rows"))
  var limit: Int?

  func validate() throws {
    if let limit, limit < 1 {
      throw misuse("--limit takes a number of rows from 1 on: leave it out for all.")
    }
  }
}
