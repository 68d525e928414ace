/// What is printed for each recorded or refused row.
enum RecordOutput {
  static let columns = [OutputColumn("key"), OutputColumn("result"), OutputColumn("message")]

  /// The result of a row that was fine in a run that recorded nothing since others were not.
  static let notRecorded = "not_recorded"
}
