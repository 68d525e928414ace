import CSpawn
import FoundationEssentials
import Glibc

/// A run of one of PostgreSQL's client programs, as this user and with this user's environment: `PGSSLROOTCERT`,
/// password and service files mean to it what they mean to this program.
final class ArchiveRun {
  private let program: String
  private let child: ChildProcess
  private let complaints: MemoryFile
  /// Whether nobody wanted the rest of what it printed.
  private(set) var wasCutOff = false

  init(
    program: String, _ arguments: [String], output: Int32, handing: [Int32]
  ) throws(PrivateServerError) {
    self.program = program
    complaints = try MemoryFile()
    var environment = ProcessInfo.processInfo.environment
    environment["LC_ALL"] = "C"
    // It may hold the password that this run is handed otherwise.
    environment["GUARANTEE_DATABASE_URL"] = nil
    child = try ChildProcess(
      ChildProcess.Command(program: program, arguments: arguments, environment: environment), output: output,
      errors: .to(complaints.raw), handing: handing)
  }

  /// Waits for its end, however long that takes.
  ///
  /// - Throws: `archiveFailed` with what it complained of.
  func finish() async throws(PrivateServerError) {
    let ending = try await child.finish(program, patience: .seconds(7 * 86_400))
    if ending == .exit(0) { return }
    wasCutOff = ending == .signal(SIGPIPE)
    let said = String(decoding: complaints.contents(), as: UTF8.self)
    let name = program.split(separator: "/").last.map(String.init) ?? program
    throw PrivateServerError(
      .archiveFailed, program, "\(name) failed: \(Self.complaint(in: said))",
      remedy: "mend that and run the command again")
  }

  /// What it said first, without its own name.
  private static func complaint(in said: String) -> String {
    let lines = said.split(whereSeparator: \.isNewline)
    let first = lines.first { $0.contains("error:") } ?? lines.first
    guard let first else { return "it said nothing" }
    return first.firstRange(of: "error: ").map { String(first[$0.upperBound...]) } ?? String(first)
  }
}

/// A file in memory that nobody else can open, and that is gone with the last who has it.
final class MemoryFile {
  let raw: Int32

  init(holding bytes: [UInt8] = []) throws(PrivateServerError) {
    raw = unsafe memfd_create("guarantee", MEMFD_CLOSE_ON_EXEC)
    guard raw >= 0 else { throw .system(errno, "a file in memory", "Making") }
    // libpq takes no password from a file that others may read.
    fchmod(raw, 0o600)
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes { unsafe write(raw, $0.baseAddress, $0.count) }
      if written < 0 { throw .system(errno, "a file in memory", "Writing") }
      rest = rest.dropFirst(written)
    }
    lseek(raw, 0, SEEK_SET)
  }

  deinit { close(raw) }

  /// All that was written.
  func contents() -> [UInt8] {
    let length = max(0, Int(lseek(raw, 0, SEEK_END)))
    return unsafe [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
      count = unsafe max(0, pread(raw, buffer.baseAddress, length, 0))
    }
  }
}

/// What a program prints, in pieces.
final class OutputPipe {
  private var reading: Int32
  private(set) var writing: Int32

  init() throws(PrivateServerError) {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw .system(errno, "a pipe", "Making") }
    (reading, writing) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }

  deinit {
    closeReading()
    closeWriting()
  }

  func closeWriting() {
    if writing >= 0 { close(writing) }
    writing = -1
  }

  func closeReading() {
    if reading >= 0 { close(reading) }
    reading = -1
  }

  /// The next bytes; `nil` at the end.
  func next() throws(PrivateServerError) -> [UInt8]? {
    let size = 1 << 16
    var failure: Int32 = 0
    let piece = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      var got = -1
      repeat { got = unsafe read(reading, buffer.baseAddress, size) } while got < 0 && errno == EINTR
      if got < 0 { failure = errno }
      count = max(0, got)
    }
    if failure != 0 { throw .system(failure, "a pipe", "Reading") }
    return piece.isEmpty ? nil : piece
  }
}
