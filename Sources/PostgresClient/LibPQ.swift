import CLibPQ

/// One libpq connection: the only place that calls libpq. Not safe for use by two threads at once,
/// therefore owned by an actor. Never blocks but in `init` and in `wait`.
@safe final class LibPQ {
  let connection: OpaquePointer
  private let wake: WakeSignal
  let notices: NoticeInbox
  var statements = PreparedStatements()

  /// Connects, blocking for as long as libpq's `connect_timeout` allows for each host.
  ///
  /// - Parameter options: libpq's keywords and values. A `dbname` may be a whole connection string; what
  ///   comes before it is a default, what comes behind it overrides it.
  init(options: [(keyword: String, value: String)], wake: WakeSignal, notices: NoticeInbox)
    throws(PostgresError)
  {
    for option in options where option.keyword == "dbname" {
      try Self.requireReadable(option.value)
    }
    let opened = unsafe CStrings.withPointers(to: options.map { $0.keyword }) { keywords in
      unsafe CStrings.withPointers(to: options.map { $0.value }) { values in
        unsafe PQconnectdbParams(keywords, values, 1)
      }
    }
    guard let connection = unsafe opened else {
      throw PostgresError(.unreachable, "no memory is left for a connection")
    }
    unsafe self.connection = connection
    self.wake = wake
    self.notices = notices
    if isBroken, let refusal = refusal() { throw refusal }
    _ = unsafe PQsetnonblocking(connection, 1)
    _ = unsafe PQsetNoticeReceiver(
      connection,
      { inbox, result in
        guard let inbox = unsafe inbox, let result = unsafe result else { return }
        // Safe: the inbox lives as long as the connection, which alone calls this.
        let receiver = unsafe Unmanaged<NoticeInbox>.fromOpaque(inbox).takeUnretainedValue()
        receiver.take(unsafe LibPQResult.notice(of: result))
      }, Unmanaged.passUnretained(notices).toOpaque())
  }

  /// Why the connection did not come about; `nil` when it has now.
  ///
  /// libpq gives the code of a server's refusal in a text alone, and only when it was told so before it
  /// connected, for which it has no setting. So a refusal is asked for once more.
  private func refusal() -> PostgresError? {
    let words = unsafe CStrings.string(PQerrorMessage(connection)) ?? ""
    if ConnectRefusal.isOfSettings(words) { return PostgresError(.misuse, lastMessage) }
    var error = PostgresError(.unreachable, lastMessage)
    if unsafe PQconnectionNeedsPassword(connection) == 1 {
      error.sqlState = .invalidPassword
    } else if ConnectRefusal.isByServer(words) {
      _ = unsafe PQsetErrorVerbosity(connection, PQERRORS_VERBOSE)
      unsafe PQreset(connection)
      _ = unsafe PQsetErrorVerbosity(connection, PQERRORS_DEFAULT)
      guard isBroken else { return nil }
      let verbose = unsafe CStrings.string(PQerrorMessage(connection)) ?? ""
      error.sqlState = ConnectRefusal.sqlState(inVerbose: verbose)
    }
    return error
  }

  deinit {
    unsafe PQfinish(connection)
  }

  // MARK: State

  /// Whether the next statement can be sent: the connection stands, and no statement is in progress.
  var isReady: Bool {
    unsafe PQstatus(connection) == CONNECTION_OK
      && PQtransactionStatus(connection) != PQTRANS_ACTIVE
  }

  var isBroken: Bool { unsafe PQstatus(connection) != CONNECTION_OK }

  var isInTransaction: Bool {
    let status = unsafe PQtransactionStatus(connection)
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR
  }

  var socket: Int32 { unsafe PQsocket(connection) }

  var host: String { unsafe CStrings.string(PQhost(connection)) ?? "" }
  /// The address that was reached; empty for a Unix socket.
  var address: String { unsafe CStrings.string(PQhostaddr(connection)) ?? "" }
  /// Whether TLS or Kerberos encrypts what goes over the connection.
  var isEncrypted: Bool { unsafe PQsslInUse(connection) != 0 || PQgssEncInUse(connection) != 0 }
  var port: String { unsafe CStrings.string(PQport(connection)) ?? "" }
  var database: String { unsafe CStrings.string(PQdb(connection)) ?? "" }
  var user: String { unsafe CStrings.string(PQuser(connection)) ?? "" }
  var serverVersion: Int { unsafe Int(PQserverVersion(connection)) }
  var backendPID: Int32 { unsafe PQbackendPID(connection) }

  func setting(_ name: String) -> String? {
    unsafe CStrings.string(PQparameterStatus(connection, name))
  }

  // MARK: Sending

  /// Sends one or several statements without parameters.
  func send(script: String) throws(PostgresError) {
    try CStrings.requireNoNUL(script)
    try sent(unsafe PQsendQuery(connection, script))
  }

  /// Sends one statement with its parameters, all as text with types for the server to infer.
  func send(_ sql: String, _ parameters: [String?]) throws(PostgresError) {
    try CStrings.requireNoNUL(sql)
    try CStrings.requireNoNUL(parameters)
    let count = Int32(clamping: parameters.count)
    try sent(
      unsafe CStrings.withPointers(to: parameters) { values in
        unsafe PQsendQueryParams(connection, sql, count, nil, values, nil, nil, 0)
      })
  }

  func send(prepare name: String, _ sql: String) throws(PostgresError) {
    try CStrings.requireNoNUL(sql)
    try sent(unsafe PQsendPrepare(connection, name, sql, 0, nil))
  }

  func send(prepared name: String, _ parameters: [String?]) throws(PostgresError) {
    try CStrings.requireNoNUL(parameters)
    let count = Int32(clamping: parameters.count)
    try sent(
      unsafe CStrings.withPointers(to: parameters) { values in
        unsafe PQsendQueryPrepared(connection, name, count, values, nil, nil, 0)
      })
  }

  /// Lets several statements be sent before the first result is asked for. With `endPipeline` between them and
  /// the next, they are one implicit transaction.
  func beginPipeline() throws(PostgresError) {
    try sent(unsafe PQenterPipelineMode(connection))
  }

  /// Ends what was sent since `beginPipeline`.
  func endPipeline() throws(PostgresError) {
    try sent(unsafe PQpipelineSync(connection))
  }

  /// Takes single statements again, once all results have been read.
  func leavePipeline() throws(PostgresError) {
    try sent(unsafe PQexitPipelineMode(connection))
  }

  /// Asks for the rows of the statement just sent one by one.
  func useSingleRows() {
    _ = unsafe PQsetSingleRowMode(connection)
  }

  /// Hands what is left to be sent to the socket, reading meanwhile so that neither side waits for the other.
  func flush(until deadline: Deadline) throws(PostgresError) {
    while true {
      let left = unsafe PQflush(connection)
      // A connection that broke while sending may still have the server's reason to be read.
      if left <= 0 { return }
      try wait(writing: true, until: deadline)
    }
  }

  // MARK: Receiving

  /// Whether a result is at hand, so that `nextResult` would not wait.
  var hasResult: Bool { unsafe PQisBusy(connection) == 0 }

  /// The next result of what was sent; `nil` at its end.
  func nextResult(until deadline: Deadline) throws(PostgresError) -> LibPQResult? {
    var isLate = false
    while unsafe PQisBusy(connection) == 1 {
      if isBroken { break }
      // What has come by then counts, but not what goes on coming.
      if isLate { throw tooLate }
      isLate = deadline.hasPassed
      try wait(writing: false, until: deadline)
    }
    guard let result = unsafe PQgetResult(connection) else { return nil }
    return unsafe LibPQResult(taking: result)
  }

  /// Reads what the socket has without waiting.
  func consumeInput() throws(PostgresError) {
    // With its connection marked broken libpq still hands out what came before; otherwise give up here.
    if unsafe PQconsumeInput(connection) == 0 && !isBroken { throw lost() }
  }

  /// Takes a notification that has been read from the socket; `nil` when there is none.
  func popNotification() -> PostgresNotification? {
    guard let notification = unsafe PQnotifies(connection) else { return nil }
    defer { unsafe PQfreemem(notification) }
    return unsafe PostgresNotification(
      channel: CStrings.string(notification.pointee.relname) ?? "",
      payload: CStrings.string(notification.pointee.extra) ?? "",
      sender: notification.pointee.be_pid)
  }

  // MARK: COPY

  /// Returns false when the server no longer takes data, as it found a fault: its error is the next result.
  func putCopyData(_ bytes: [UInt8], until deadline: Deadline) throws(PostgresError) -> Bool {
    try consumeInput()
    let taken = unsafe bytes.withUnsafeBytes { raw in
      unsafe PQputCopyData(
        connection, raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: raw.count)
      )
    }
    try flush(until: deadline)
    return taken == 1
  }

  /// Ends the data; with a reason, makes the server refuse all of it.
  func endCopyData(refusing reason: String?, until deadline: Deadline) throws(PostgresError) {
    _ = unsafe PQputCopyEnd(connection, reason)
    try flush(until: deadline)
  }

  /// Appends the next row of a COPY TO STDOUT; `false` at its end.
  func getCopyData(into bytes: inout [UInt8], until deadline: Deadline) throws(PostgresError) -> Bool {
    while true {
      var buffer: UnsafeMutablePointer<CChar>?
      let count = unsafe PQgetCopyData(connection, &buffer, 1)
      if count == 0 {
        try wait(writing: false, until: deadline)
        continue
      }
      guard count > 0, let start = unsafe buffer else { return false }
      defer { unsafe PQfreemem(start) }
      unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: Int(count)))
      return true
    }
  }

  // MARK: Waiting and failing

  /// Waits for the socket and reads what it has. Throws when woken, lost, or at the deadline.
  func wait(writing: Bool, until deadline: Deadline) throws(PostgresError) {
    // Asked for once: waiting for none would be waiting for ever.
    let descriptor = socket
    guard descriptor >= 0 else { throw lost() }
    switch SystemCalls.wait(
      socket: descriptor, writing: writing, wake: wake.descriptor, until: deadline)
    {
    case .ready(let readable):
      if readable { try consumeInput() }
    case .woken:
      throw PostgresError(.cancelled, "the call was cancelled", effect: .unknown)
    case .timedOut:
      throw tooLate
    }
  }

  var tooLate: PostgresError {
    PostgresError(.deadlineExceeded, "no answer came before the deadline", effect: .unknown)
  }

  private func sent(_ status: Int32) throws(PostgresError) {
    guard status != 1 else { return }
    if isBroken { throw lost() }
    throw PostgresError(.misuse, lastMessage)
  }

  /// The connection's loss as an error, in libpq's words.
  func lost() -> PostgresError {
    PostgresError(.connectionLost, lastMessage, effect: .unknown)
  }

  private var lastMessage: String {
    let message = CStrings.sentence(unsafe CStrings.string(PQerrorMessage(connection)) ?? "")
    return message.isEmpty ? "the connection to the server was lost" : message
  }
}
