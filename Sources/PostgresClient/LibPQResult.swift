import CLibPQ

/// One result of libpq, freed at its end.
@safe struct LibPQResult: ~Copyable {
  enum Status {
    case rows, row, done, copyIn, copyOut, failed
    /// Not run, as an earlier statement of the pipeline had failed.
    case skipped
    case endOfPipeline
  }

  private let result: OpaquePointer

  init(taking result: OpaquePointer) {
    unsafe self.result = unsafe result
  }

  deinit {
    unsafe PQclear(result)
  }

  var status: Status {
    switch unsafe PQresultStatus(result) {
    case PGRES_TUPLES_OK: .rows
    case PGRES_SINGLE_TUPLE: .row
    case PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: .done
    case PGRES_COPY_IN: .copyIn
    case PGRES_COPY_OUT, PGRES_COPY_BOTH: .copyOut
    case PGRES_PIPELINE_ABORTED: .skipped
    case PGRES_PIPELINE_SYNC: .endOfPipeline
    default: .failed
    }
  }

  var columns: [PostgresColumn] {
    unsafe (0..<PQnfields(result)).map { column in
      PostgresColumn(
        name: unsafe CStrings.string(PQfname(result, column)) ?? "",
        typeOID: unsafe PQftype(result, column))
    }
  }

  var rowCount: Int32 { unsafe PQntuples(result) }

  var command: String { unsafe CStrings.string(PQcmdStatus(result)) ?? "" }

  var affectedRows: Int { unsafe CStrings.string(PQcmdTuples(result)).flatMap { Int($0) } ?? 0 }

  func row(_ row: Int32) -> PostgresRow {
    unsafe (0..<PQnfields(result)).map { column in
      if unsafe PQgetisnull(result, row, column) == 1 { return nil }
      let bytes = unsafe UnsafeRawBufferPointer(
        start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
      return unsafe String(decoding: bytes, as: UTF8.self)
    }
  }

  /// The size of a row's values in bytes.
  func byteCount(ofRow row: Int32) -> Int {
    unsafe (0..<PQnfields(result)).reduce(0) { unsafe $0 + Int(PQgetlength(result, row, $1)) }
  }

  /// The error that this result stands for.
  var error: PostgresError {
    let state = unsafe Self.sqlState(of: result)
    let isOpen = state == .transactionResolutionUnknown || state == .statementCompletionUnknown
    return unsafe PostgresError(
      .server, Self.message(of: result), effect: isOpen ? .unknown : .none, sqlState: state,
      fields: Self.fields(of: result))
  }

  static func notice(of result: OpaquePointer) -> PostgresNotice {
    unsafe PostgresNotice(
      sqlState: sqlState(of: result), message: message(of: result), fields: fields(of: result))
  }

  private static func message(of result: OpaquePointer) -> String {
    // libpq's own failures have no fields, only a text.
    unsafe field(.message, of: result)
      ?? CStrings.sentence(CStrings.string(PQresultErrorMessage(result)) ?? "")
  }

  private static func sqlState(of result: OpaquePointer) -> SQLState? {
    unsafe field(.sqlState, of: result).map { SQLState(rawValue: $0) }
  }

  private static func fields(of result: OpaquePointer) -> PostgresError.ServerFields {
    var fields = PostgresError.ServerFields()
    fields.severity = unsafe field(.severity, of: result)
    fields.detail = unsafe field(.detail, of: result)
    fields.hint = unsafe field(.hint, of: result)
    fields.context = unsafe field(.context, of: result)
    fields.schema = unsafe field(.schema, of: result)
    fields.table = unsafe field(.table, of: result)
    fields.column = unsafe field(.column, of: result)
    fields.constraint = unsafe field(.constraint, of: result)
    fields.position = unsafe field(.position, of: result).flatMap { Int($0) }
    fields.routine = unsafe field(.routine, of: result)
    return fields
  }

  /// The letters by which the protocol tells a message's fields apart: libpq's `PG_DIAG_` macros, which Swift
  /// doesn't see.
  private enum Field: Unicode.Scalar {
    case message = "M"
    case sqlState = "C"
    case severity = "V"
    case detail = "D"
    case hint = "H"
    case context = "W"
    case schema = "s"
    case table = "t"
    case column = "c"
    case constraint = "n"
    case position = "P"
    case routine = "R"
  }

  private static func field(_ field: Field, of result: OpaquePointer) -> String? {
    unsafe CStrings.string(PQresultErrorField(result, Int32(field.rawValue.value)))
  }
}
