import Testing

@testable import GuaranteeLedger

@Suite("The Merkle tree of RFC 6962")
struct MerkleTreeTests {
  /// The leaves that the reference implementations of Certificate Transparency are tested with.
  private static let leaves = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
  ].compactMap { [UInt8](hexDigits: $0, count: $0.utf8.count / 2) }

  /// Their trees' roots, from no leaf on.
  private static let roots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  /// A leaf, a tree's size, and the leaf's path.
  private static let paths: [(index: Int, count: Int, path: [String])] = [
    (0, 1, []),
    (
      0, 8,
      [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
      ]
    ),
    (
      5, 8,
      [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ]
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
      1, 5,
      [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      ]
    ),
  ]

  private func tree(_ leaves: some Sequence<[UInt8]>, proving index: Int? = nil) -> MerkleTree {
    var tree = MerkleTree(proving: index)
    for leaf in leaves { tree.append(leaf) }
    return tree
  }

  @Test("The published trees have the published roots", arguments: 0...8)
  func publishedRoots(_ count: Int) {
    let tree = tree(Self.leaves.prefix(count))
    #expect(tree.root.hexDigits == Self.roots[count])
    #expect(tree.count == count && tree.path == nil)
  }

  @Test("The published leaves have the published paths", arguments: paths)
  func publishedPaths(_ index: Int, _ count: Int, _ path: [String]) {
    #expect(tree(Self.leaves.prefix(count), proving: index).path?.map(\.hexDigits) == path)
  }

  @Test(
    "Each leaf of each small tree is proved by its path, and by that of no other place", arguments: 1...33)
  func everyPlace(_ count: Int) throws {
    let leaves = (0..<count).map { [UInt8($0), 7] }
    let root = tree(leaves).root
    for index in leaves.indices {
      let path = try #require(tree(leaves, proving: index).path)
      for place in leaves.indices {
        let found = MerkleTree.root(of: leaves[index], at: place, of: count, path: path)
        #expect((found == root) == (place == index), "\(index) at \(place)")
      }
    }
  }

  @Test("A path that is longer, shorter, or of another hash leads elsewhere", arguments: [2, 5, 8, 13])
  func damagedPath(_ count: Int) throws {
    let leaves = (0..<count).map { [UInt8($0)] }
    let root = tree(leaves).root
    for index in leaves.indices {
      let path = try #require(tree(leaves, proving: index).path)
      var others = [path + [root], Array(path.dropLast()), Array(path.dropFirst()), path.reversed() + [root]]
      for step in path.indices {
        var other = path
        other[step][31] ^= 1
        others.append(other)
      }
      for other in others {
        #expect(MerkleTree.root(of: leaves[index], at: index, of: count, path: other) != root)
      }
      #expect(MerkleTree.root(of: [255], at: index, of: count, path: path) != root)
    }
    #expect(MerkleTree.root(of: leaves[0], at: -1, of: count, path: []) == nil)
    #expect(MerkleTree.root(of: leaves[0], at: count, of: count, path: []) == nil)
  }
}
