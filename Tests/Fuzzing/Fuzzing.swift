import Foundation

/// Has libFuzzer feed the parser that `FUZZ_PARSER` names.
@main
enum Fuzzing {
  static func main() {
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(runDriver(&count, &arguments, testOneInput))
  }
}

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  Parser.chosen.read(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

/// libFuzzer itself.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ read: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// A parser of bytes that come from outside.
struct Parser: Sendable {
  let name: String
  /// Reads the bytes and stops the program when they break what must hold; refusing them is fine.
  let read: @Sendable (_ bytes: [UInt8]) -> Void

  init(_ name: String, _ read: @escaping @Sendable ([UInt8]) throws -> Void) {
    self.name = name
    self.read = { bytes in
      do { try read(bytes) } catch {}
    }
  }

  static let chosen: Parser = {
    let name = ProcessInfo.processInfo.environment["FUZZ_PARSER"] ?? ""
    guard let parser = all.first(where: { $0.name == name }) else {
      fatalError("FUZZ_PARSER is none of \(all.map(\.name).joined(separator: " "))")
    }
    return parser
  }()

  static let all = files + packed + texts + [canary]
}

/// What must hold for every input.
func require(_ condition: Bool, _ what: @autoclosure () -> String) {
  if !condition { fatalError(what()) }
}
