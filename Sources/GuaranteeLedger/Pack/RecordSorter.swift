import Glibc

/// Sorts records by the bytes of their keys; those of one key stay in the order in which they came.
///
/// What does not fit into the buffer goes into temporary files without a name, so that memory stays small however many
/// records there are.
final class RecordSorter {
  private var buffer: [UInt8] = []
  private var starts: [UInt32] = []
  private let limit: Int
  /// Sorted files; those at a later place are made of `width` of the place before.
  private var levels: [[SortedFile]] = []
  private static let width = 64

  /// - Parameter limit: how many bytes of records are kept in memory.
  init(limit: Int = 2 << 20) { self.limit = limit }

  func add(key: [UInt8], payload: [UInt8]) throws(PackError) {
    if !starts.isEmpty, buffer.count + key.count + payload.count + 8 > limit { try spill() }
    starts.append(UInt32(buffer.count))
    buffer.appendRecord(key: key, payload: payload)
  }

  /// Hands out all records in their order; nothing can be added any more.
  func sorted() throws(PackError) -> SortedRecords {
    sortBuffer()
    let files = levels.reversed().flatMap { $0 }
    levels = []
    var sources = files.map { RecordSource(file: $0) }
    sources.append(RecordSource(records: buffer, starts: starts))
    (buffer, starts) = ([], [])
    return try SortedRecords(sources)
  }

  private func sortBuffer() {
    buffer.withUnsafeBytes { bytes in
      starts.sort { RecordSorter.isBefore(bytes, Int($0), Int($1)) }
    }
  }

  /// Records of one key are in the order of their places.
  private static func isBefore(_ bytes: UnsafeRawBufferPointer, _ left: Int, _ right: Int) -> Bool {
    let leftCount = Int(bytes.loadUnaligned(fromByteOffset: left, as: UInt32.self))
    let rightCount = Int(bytes.loadUnaligned(fromByteOffset: right, as: UInt32.self))
    guard let base = bytes.baseAddress else { return false }
    let order = memcmp(base + left + 8, base + right + 8, min(leftCount, rightCount))
    if order != 0 { return order < 0 }
    return leftCount == rightCount ? left < right : leftCount < rightCount
  }

  private func spill() throws(PackError) {
    sortBuffer()
    let file = try SortedFile()
    for start in starts {
      let end = Int(start) + buffer.recordLength(at: Int(start))
      try file.append(buffer[Int(start)..<end])
    }
    try file.flush()
    buffer.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    try keep(file, at: 0)
  }

  /// Keeps few files open, by merging them.
  private func keep(_ file: SortedFile, at level: Int) throws(PackError) {
    if levels.count == level { levels.append([]) }
    levels[level].append(file)
    guard levels[level].count == Self.width else { return }
    let merged = try SortedFile()
    var records = try SortedRecords(levels[level].map { RecordSource(file: $0) })
    levels[level] = []
    var record: [UInt8] = []
    while try records.next() {
      record.removeAll(keepingCapacity: true)
      record.appendRecord(key: records.key, payload: records.payload)
      try merged.append(record[...])
    }
    try merged.flush()
    try keep(merged, at: level + 1)
  }
}

extension [UInt8] {
  /// Lengths of key and payload, and then both.
  fileprivate mutating func appendRecord(key: [UInt8], payload: [UInt8]) {
    for count in [key.count, payload.count] {
      for shift in stride(from: 0, to: 32, by: 8) { append(UInt8(truncatingIfNeeded: count >> shift)) }
    }
    append(contentsOf: key)
    append(contentsOf: payload)
  }

  /// How long the record there is, or will be once all of it is there.
  fileprivate func recordLength(at start: Int) -> Int {
    withUnsafeBytes {
      8 + Int($0.loadUnaligned(fromByteOffset: start, as: UInt32.self))
        + Int($0.loadUnaligned(fromByteOffset: start + 4, as: UInt32.self))
    }
  }

  fileprivate func keyLength(at start: Int) -> Int {
    withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: start, as: UInt32.self)) }
  }
}

/// A temporary file without a name; its room is free again once nobody refers to it.
private final class SortedFile {
  let descriptor: Int32
  private var buffer: [UInt8] = []

  init() throws(PackError) {
    descriptor = NamelessFile.open()
    guard descriptor >= 0 else { throw Self.failure() }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  static func failure() -> PackError {
    PackError(
      .unwritable,
      "A temporary file can't be written or read: \(SystemFailure(number: errno).reason). Make room, or name another folder in TMPDIR."
    )
  }

  func append(_ bytes: ArraySlice<UInt8>) throws(PackError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= 1 << 17 { try flush() }
  }

  func flush() throws(PackError) {
    guard buffer.withUnsafeBytes({ writeAll($0, to: descriptor) }) else { throw Self.failure() }
    buffer = []
  }
}

/// Writes all of it; `false` with `errno` set when it can't be.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
  var written = 0
  while written < bytes.count {
    let count = write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
    if count < 0 && errno != EINTR { return false }
    written += max(count, 0)
  }
  return true
}

/// Records in order, from a file or from memory.
private struct RecordSource {
  private var file: SortedFile?
  private var offset: off_t = 0
  private var bytes: [UInt8]
  private var starts: [UInt32] = []
  private var nextStart = 0
  /// Where the present record stands in `bytes`.
  private(set) var start = 0
  private var end = 0

  init(file: SortedFile) {
    self.file = file
    bytes = []
  }

  init(records: [UInt8], starts: [UInt32]) {
    bytes = records
    self.starts = starts
  }

  mutating func next() throws(PackError) -> Bool {
    if file == nil {
      guard nextStart < starts.count else { return false }
      start = Int(starts[nextStart])
      nextStart += 1
      end = start + bytes.recordLength(at: start)
      return true
    }
    start = end
    guard try fill(8) else { return false }
    let length = bytes.recordLength(at: start)
    guard try fill(length) else { throw SortedFile.failure() }
    end = start + length
    return true
  }

  /// Reads on until so many bytes stand behind `start`; `false` at the end.
  private mutating func fill(_ wanted: Int) throws(PackError) -> Bool {
    guard let file, bytes.count - start < wanted else { return true }
    bytes.removeFirst(start)
    (start, end) = (0, 0)
    let chunk = max(1 << 15, wanted)
    while bytes.count < wanted {
      var failed = false
      let old = bytes.count
      let offset = offset
      let more = [UInt8](unsafeUninitializedCapacity: chunk) { space, count in
        let got = pread(file.descriptor, space.baseAddress, chunk, offset)
        failed = got < 0
        count = max(got, 0)
      }
      if failed { throw SortedFile.failure() }
      bytes += more
      self.offset += off_t(more.count)
      if bytes.count == old { return false }
    }
    return true
  }

  var key: ArraySlice<UInt8> { bytes[(start + 8)..<(start + 8 + bytes.keyLength(at: start))] }
  var payload: ArraySlice<UInt8> { bytes[(start + 8 + bytes.keyLength(at: start))..<end] }

  /// By keys alone.
  func isBefore(_ other: RecordSource) -> Bool {
    let (count, otherCount) = (bytes.keyLength(at: start), other.bytes.keyLength(at: other.start))
    let order = bytes.withUnsafeBytes { mine in
      other.bytes.withUnsafeBytes { theirs in
        guard let mine = mine.baseAddress, let theirs = theirs.baseAddress else { return Int32(0) }
        return memcmp(mine + start + 8, theirs + other.start + 8, min(count, otherCount))
      }
    }
    return order == 0 ? count < otherCount : order < 0
  }
}

/// Records in the order of their keys.
struct SortedRecords {
  /// The key of the present record.
  private(set) var key: [UInt8] = []
  private(set) var payload: [UInt8] = []

  /// In the order in which their records came.
  private var sources: [RecordSource]
  /// A heap of places in `sources`, the one whose record is next in front.
  private var heap: [Int] = []
  private var isBegun = false

  fileprivate init(_ sources: [RecordSource]) throws(PackError) {
    self.sources = sources
    for index in sources.indices where try self.sources[index].next() {
      heap.append(index)
    }
    for index in heap.indices.reversed() { sink(index) }
  }

  /// Goes to the next record; `false` after the last.
  mutating func next() throws(PackError) -> Bool {
    if isBegun {
      if try sources[heap[0]].next() {
        sink(0)
      } else {
        let last = heap.removeLast()
        if !heap.isEmpty {
          heap[0] = last
          sink(0)
        }
      }
    }
    isBegun = !heap.isEmpty
    guard let first = heap.first else { return false }
    key.removeAll(keepingCapacity: true)
    key.append(contentsOf: sources[first].key)
    payload.removeAll(keepingCapacity: true)
    payload.append(contentsOf: sources[first].payload)
    return true
  }

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    if sources[left].isBefore(sources[right]) { return true }
    return left < right && !sources[right].isBefore(sources[left])
  }

  private mutating func sink(_ start: Int) {
    var index = start
    while true {
      var least = index
      for child in [2 * index + 1, 2 * index + 2] where child < heap.count {
        if isBefore(heap[child], heap[least]) { least = child }
      }
      if least == index { return }
      heap.swapAt(index, least)
      index = least
    }
  }
}
