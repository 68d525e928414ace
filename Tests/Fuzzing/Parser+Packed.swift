import Foundation
import XMLReader

@testable import GuaranteeLedger

extension Parser {
  /// What packs, receipts and keys are made of.
  static let packed = [
    Parser("manifest") { bytes in
      let manifest = try PackJSON.read(bytes, as: PackManifest.self)
      for file in manifest.files where PackName.isPlain(file.name) {
        require(!file.name.contains("..") && !file.name.hasPrefix("/"), "\(file.name) leads out")
      }
      require(
        try PackJSON.read(PackJSON.bytes(manifest)) == manifest, "a manifest is not read as it is written")
    },
    Parser("rules") { bytes in
      let parts = bytes.split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
      let texts = PackRules.needed.enumerated().map { ($1, $0 < parts.count ? parts[$0] : []) }
      _ = try PackRules(Dictionary(texts) { $1 })
    },
    Parser("rows") { bytes in
      let table = PackTable.events(["office", "amount"])
      let header = table.columns.joined(separator: ",") + "\n"
      try (Data(header.utf8) + Data(bytes)).write(to: folder.appendingPathComponent(table.file))
      let rows = try PackRows(table, in: folder.path, PackFindings())
      while rows.next() {
        rows.withCells { cells in
          for index in table.columns.indices { _ = cells.text(index) }
        }
      }
    },
    Parser("receipt") { bytes in
      let receipt = try EventReceipt(json: String(decoding: bytes, as: UTF8.self))
      require(try EventReceipt(json: receipt.json) == receipt, "a receipt is not read as it is written")
      _ = try receipt.verify()
    },
    Parser("key") { bytes in
      guard let key = SealingKey(text: String(decoding: bytes, as: UTF8.self)) else { return }
      require(SealingKey(text: key.text)?.id == key.id, "a key is not read as it is written")
    },
    Parser("xml") { bytes in
      let reader = try XMLReader { element, parents in
        require(parents.count < 64, "deeper than allowed")
        return element.name.hasPrefix("t")
      }
      let middle = bytes.count / 2
      try reader.read(bytes[..<middle], isLast: false)
      try reader.read(bytes[middle...], isLast: true)
    },
  ]

  /// In memory, gone with the machine.
  private static let folder: URL = {
    let shared = FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
    let folder = URL(fileURLWithPath: shared).appendingPathComponent("fuzz-\(getpid())")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(at: Parser.folder) }
    return folder
  }()
}
