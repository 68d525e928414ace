import Glibc
import GuaranteeLedger

/// A receipt as somebody has kept it.
struct ReceiptFile {
  private let path: String
  private let receipt: EventReceipt

  /// More than any receipt has.
  private static let longest = 1 << 22

  /// Reads a receipt; `nil` when there is no file but a folder, or nothing.
  init?(path: String) throws(Failure) {
    var found = stat()
    guard stat(path, &found) == 0, found.st_mode & S_IFMT == S_IFREG else { return nil }
    self.path = path
    do {
      let bytes = try SmallFile.bytes(of: path, limit: Self.longest) ?? []
      receipt = try EventReceipt(json: String(decoding: bytes, as: UTF8.self))
    } catch {
      throw Failure(.unreadableInput, "The file '\(path)' is no receipt that can be read.")
    }
  }

  /// Proves it, and prints what it proves.
  func verify(trusting keyIDs: [String], _ chosen: ColumnOptions, _ output: OutputOptions) throws {
    let proof: ReceiptProof
    do throws(ReceiptError) {
      proof = try receipt.verify()
    } catch {
      throw Failure(.refused, "The receipt '\(path)' proves nothing. \(Phrase(said: "\(error)"))")
    }
    guard keyIDs.isEmpty || keyIDs.contains(proof.keyID) else {
      throw Failure(
        .refused, "The receipt '\(path)' proves nothing. \(Phrase(said: "\(ReceiptError.unknownKey)"))")
    }
    let sink = ByteSink.standardOutput()
    let printer = RowPrinter(output, choosing: chosen.names, to: sink)
    let columns = ["key", "office", "sequence", "seal", "sealed_at", "key_id"]
    try printer.begin(
      columns.map { ReportColumn(name: $0, kind: ["sequence", "seal"].contains($0) ? .integer : .text) })
    try printer.print([
      proof.key, proof.position.office, String(proof.position.sequence), String(proof.seal),
      "\(proof.sealedAt)",
      proof.keyID,
    ])
    try printer.finish()
  }
}
