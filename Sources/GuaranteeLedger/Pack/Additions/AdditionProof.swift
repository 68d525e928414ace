/// Proves a file of an addition: it is made anew of the pack's tables, and compared.
final class AdditionProof {
  private let file: HashedFile
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var line = 1
  private var differs = false

  init(_ file: HashedFile) { self.file = file }

  /// - Returns: The line of the first difference; `nil` when there is none.
  func compare(with maker: AdditionMaker) throws -> (line: Int?, rows: Int) {
    let rows = try maker.write(file.name) { self.take($0) }
    if !differs, read(1) > 0 { differs = true }
    return (differs ? line : nil, rows)
  }

  private func read(_ count: Int) -> Int {
    buffer.withUnsafeMutableBytes { file.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[..<count])) }
  }

  private func take(_ piece: [UInt8]) {
    var rest = piece[...]
    while !differs, !rest.isEmpty {
      let count = read(min(rest.count, buffer.count))
      guard count > 0 else {
        differs = true
        return
      }
      for (found, wanted) in zip(buffer[..<count], rest) {
        if found != wanted {
          differs = true
          return
        }
        if found == UInt8(ascii: "\n") { line += 1 }
      }
      rest = rest.dropFirst(count)
    }
  }
}
