/// Where an event stands in the journal.
public struct EventPosition: Sendable, Hashable {
  /// The office whose book the event is in; empty for the register of offices, parties, recordals and working
  /// days, which belongs to none.
  public let office: String
  /// Its number in that book: 1 for the first, and without gaps from there.
  public let sequence: Int64

  /// A number in an office's book.
  public init(office: String, sequence: Int64) {
    self.office = office
    self.sequence = sequence
  }
}
