import Foundation
import Glibc

/// A stream socket in the file system, or an end of a connection to one. Never blocks, and is not inherited
/// by programs that the tests start.
struct UnixSocket: Sendable, Hashable {
  let descriptor: Int32

  struct Failure: Error { let reason: String }

  private static func make() throws -> UnixSocket {
    let type = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue
    let descriptor = socket(AF_UNIX, Int32(type), 0)
    guard descriptor >= 0 else { throw Failure(reason: "socket: \(errno)") }
    return UnixSocket(descriptor: descriptor)
  }

  static func listening(at path: String) throws -> UnixSocket {
    let made = try make()
    guard withAddress(path, { bind(made.descriptor, $0, $1) }) == 0, listen(made.descriptor, 128) == 0 else {
      made.close()
      throw Failure(reason: "\(path): \(errno)")
    }
    made.stopBlocking()
    return made
  }

  static func connected(to path: String) throws -> UnixSocket {
    let made = try make()
    guard withAddress(path, { connect(made.descriptor, $0, $1) }) == 0 else {
      made.close()
      throw Failure(reason: "\(path): \(errno)")
    }
    made.stopBlocking()
    return made
  }

  /// Two ends of a connection.
  static func pair() throws -> (UnixSocket, UnixSocket) {
    let type = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(type), 0, &ends) == 0 else {
      throw Failure(reason: "socketpair: \(errno)")
    }
    return (UnixSocket(descriptor: ends[0]), UnixSocket(descriptor: ends[1]))
  }

  private static func withAddress<Value>(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Value
  ) -> Value {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { field in
      // What doesn't fit is refused when the name is used: it names no socket then.
      field.copyBytes(from: path.utf8.prefix(field.count - 1))
    }
    let length = socklen_t(MemoryLayout<sockaddr_un>.size)
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
    }
  }

  private func stopBlocking() {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
  }

  func accepted() -> UnixSocket? {
    let taken = UnixSocket(descriptor: accept(descriptor, nil, nil))
    guard taken.descriptor >= 0 else { return nil }
    _ = fcntl(taken.descriptor, F_SETFD, FD_CLOEXEC)
    taken.stopBlocking()
    return taken
  }

  enum Arrival {
    case bytes([UInt8])
    case nothing
    case end
  }

  func receive() -> Arrival {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = read(descriptor, &bytes, bytes.count)
    if count > 0 { return .bytes(Array(bytes.prefix(count))) }
    return count < 0 && (errno == EAGAIN || errno == EINTR) ? .nothing : .end
  }

  /// Sends what the other side takes at once and removes it from `bytes`; false when the other side is gone.
  func send(_ bytes: inout [UInt8]) -> Bool {
    while !bytes.isEmpty {
      let count = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
      if count < 0 { return errno == EAGAIN || errno == EINTR }
      bytes.removeFirst(count)
    }
    return true
  }

  /// The other side is told at once, whoever else holds the socket.
  func close() {
    shutdown(descriptor, Int32(SHUT_RDWR))
    _ = Glibc.close(descriptor)
  }
}
