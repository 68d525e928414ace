import Crypto
import FoundationEssentials

/// The Merkle tree of RFC 6962 over leaves that are added one after the other, in the memory of a few dozen hashes.
///
/// Told of one leaf before the first is added, it also gives the path that proves that leaf to be in the tree.
struct MerkleTree: Sendable {
  /// A whole subtree whose right neighbour is not whole yet.
  private struct Subtree {
    /// How many leaves it has, a power of two.
    let size: Int
    let hash: [UInt8]
    /// Whether the leaf that is to be proved is one of its leaves.
    let hasTarget: Bool
  }

  /// How many leaves there are.
  private(set) var count = 0
  private let target: Int?
  private var subtrees: [Subtree] = []
  private var lowerPath: [[UInt8]] = []

  /// - Parameter target: The index of the leaf that is to be proved, from 0; `nil` for none.
  init(proving target: Int? = nil) { self.target = target }

  /// Adds a leaf, which is data of any length.
  mutating func append(_ data: [UInt8]) {
    var added = Subtree(size: 1, hash: Self.leaf(data), hasTarget: count == target)
    count += 1
    while let left = subtrees.last, left.size == added.size {
      subtrees.removeLast()
      if left.hasTarget { lowerPath.append(added.hash) }
      if added.hasTarget { lowerPath.append(left.hash) }
      added = Subtree(
        size: 2 * left.size, hash: Self.node(left.hash, added.hash),
        hasTarget: left.hasTarget || added.hasTarget)
    }
    subtrees.append(added)
  }

  /// The hash of all: that of no bytes when there is no leaf.
  var root: [UInt8] { closed.root }

  /// The hashes that lead from the leaf to be proved up to the root; `nil` when there is no such leaf.
  var path: [[UInt8]]? { subtrees.contains { $0.hasTarget } ? closed.path : nil }

  /// Joins what is not whole from the right.
  private var closed: (root: [UInt8], path: [[UInt8]]) {
    guard let last = subtrees.last else { return (Array(SHA256.hash(data: [UInt8]())), []) }
    var (hash, hasTarget, path) = (last.hash, last.hasTarget, lowerPath)
    for left in subtrees.dropLast().reversed() {
      if left.hasTarget { path.append(hash) }
      if hasTarget { path.append(left.hash) }
      hash = Self.node(left.hash, hash)
      hasTarget = hasTarget || left.hasTarget
    }
    return (hash, path)
  }

  /// The root that a leaf and its path lead to.
  ///
  /// - Parameters:
  ///   - data: The leaf.
  ///   - index: Which of the leaves it is, from 0.
  ///   - count: How many leaves the tree has.
  /// - Returns: `nil` when no path of this length belongs to that place (RFC 9162, 2.1.3.2).
  static func root(of data: [UInt8], at index: Int, of count: Int, path: [[UInt8]]) -> [UInt8]? {
    guard index >= 0, index < count else { return nil }
    var (place, last, hash) = (index, count - 1, leaf(data))
    for sibling in path {
      guard last > 0 else { return nil }
      if place % 2 == 1 || place == last {
        hash = node(sibling, hash)
        while place % 2 == 0 && place > 0 { (place, last) = (place / 2, last / 2) }
      } else {
        hash = node(hash, sibling)
      }
      (place, last) = (place / 2, last / 2)
    }
    return last == 0 ? hash : nil
  }

  static func leaf(_ data: [UInt8]) -> [UInt8] { hash(0, data) }

  static func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] { hash(1, left, right) }

  /// Without an array that holds all of it, since there are as many nodes as leaves.
  private static func hash(_ prefix: UInt8, _ parts: [UInt8]...) -> [UInt8] {
    var hasher = SHA256()
    withUnsafeBytes(of: prefix) { hasher.update(bufferPointer: $0) }
    for part in parts { part.withUnsafeBytes { hasher.update(bufferPointer: $0) } }
    return hasher.finalize().bytes
  }
}

extension SHA256Digest {
  /// All at once, which `Array` doesn't do.
  var bytes: [UInt8] { withUnsafeBytes { [UInt8]($0) } }
}
