import Foundation

@testable import GuaranteeLedger

/// The statements that a text in a bank's form holds.
func statements(
  in text: String, currency: String? = nil, account: String? = nil, layout: String? = nil
) throws -> [BankStatement] {
  try statements(of: Array(text.utf8), currency: currency, account: account, layout: layout)
}

func statements(
  of bytes: [UInt8], currency: String? = nil, account: String? = nil, layout: String? = nil
) throws -> [BankStatement] {
  var hints = BankFiles.Hints()
  hints.currency = currency.map { Currency(rawValue: $0) }
  hints.account = account
  hints.layout = try layout.map { try BankLayout(json: $0, file: "layout") }
  var files = BankFiles(hints: hints)
  try files.read(bytes, named: "file")
  return try files.statements()
}

/// Why a text can't be read; `nil` when it can.
func refusal(of text: String, currency: String? = "CNY", account: String? = "1") -> String? {
  do {
    _ = try statements(in: text, currency: currency, account: account)
    return nil
  } catch {
    return "\(error)"
  }
}

/// Statements as banks would send them.
enum ExampleStatement {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("BankStatements")

  static func bytes(of name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appendingPathComponent(name)))
  }

  static func text(of name: String) throws -> String {
    String(decoding: try bytes(of: name), as: UTF8.self)
  }
}
