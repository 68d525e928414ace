import PostgresClient

/// Rows of a reading, to be read one by one in constant memory or all at once.
///
/// Nothing is read before the first row is asked for, and each iteration reads anew. All rows of one reading are
/// of one moment, however long it takes.
///
/// ```swift
/// for try await dispute in ledger.disputes(office: "QINGDAO", stage: .litigating) {
///   print(dispute.dispute, dispute.cover)
/// }
/// ```
///
/// While it is iterated over, a reading keeps one of the ledger's connections. It gives it back at its end; when
/// the task is cancelled or the loop is left before, the connection is closed and another takes its place.
public struct LedgerRows<Row: Sendable>: Sendable {
  let ledger: Ledger
  let reading: Reading
  let deadline: Duration?
  let decode: @Sendable (inout RowReader) throws(LedgerError) -> Row

  init(_ ledger: Ledger, _ reading: Reading, _ deadline: Duration?) where Row: ReadableRow {
    self.ledger = ledger
    self.reading = reading
    self.deadline = deadline
    decode = { row throws(LedgerError) in try Row(&row) }
  }

  func row(_ values: [String?]) throws(LedgerError) -> Row {
    var reader = RowReader(values, of: reading.columns)
    return try decode(&reader)
  }

  /// All rows at once, for readings that are known to be short or are limited.
  ///
  /// - Throws: `LedgerError`; nothing is read in part.
  public func all() async throws(LedgerError) -> [Row] {
    let result = try await ledger.query(reading, prepared: true, deadline: deadline)
    return try result.rows.map { values throws(LedgerError) in try row(values) }
  }
}

extension LedgerRows: AsyncSequence {
  public typealias Element = Row
  public typealias Failure = LedgerError

  public func makeAsyncIterator() -> Iterator { Iterator(rows: self) }

  /// Reads the rows in their order.
  public struct Iterator: AsyncIteratorProtocol {
    private let rows: LedgerRows
    /// `nil` before the first row is asked for, and after the last.
    private var pump: RowPump?
    private var batch: ArraySlice<[String?]> = []
    private var hasBegun = false

    init(rows: LedgerRows) { self.rows = rows }

    /// The next row; `nil` after the last.
    ///
    /// - Throws: `LedgerError`, after which there is no further row; `cancelled` when the task is.
    public mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async throws(LedgerError) -> Row? {
      if !hasBegun {
        hasBegun = true
        pump = RowPump(rows.reading, of: rows.ledger, deadline: rows.deadline)
      }
      do throws(LedgerError) {
        if Task.isCancelled { throw LedgerError(.cancelled, "The call was cancelled.") }
        while batch.isEmpty {
          guard let next = try await pump?.next() else {
            pump = nil
            return nil
          }
          batch = next[...]
        }
        return try rows.row(batch.removeFirst())
      } catch {
        pump = nil
        batch = []
        throw error
      }
    }
  }
}
