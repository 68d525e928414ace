internal import CLibPQ

/// A connection string taken apart by libpq itself: `key=value` pairs or a URL, of one host or several.
///
/// Nothing is looked up: what services, environment and password files add is not in it.
package struct ConnectionString: Sendable {
  /// What the string sets, in libpq's order of keywords.
  package let settings: [Setting]

  /// The keywords whose values libpq itself takes for secrets.
  private let secrets: Set<String>

  package struct Setting: Sendable, Hashable {
    package let keyword: String
    package let value: String

    /// As it stands among `key='value'` pairs.
    var written: String { "\(keyword)=\(ConnectionString.quoted(value))" }
  }

  /// - Throws: `ConnectionStringError`, which quotes nothing of the string, since it may hold a password.
  package init(parsing text: String) throws(ConnectionStringError) {
    var message: UnsafeMutablePointer<CChar>?
    guard let options = unsafe PQconninfoParse(text, &message) else {
      unsafe PQfreemem(message)
      throw ConnectionStringError()
    }
    defer { unsafe PQconninfoFree(options) }
    var settings: [Setting] = []
    var secrets: Set<String> = []
    var option = unsafe options
    while let keyword = unsafe option.pointee.keyword {
      if let value = unsafe option.pointee.val {
        settings.append(unsafe Setting(keyword: String(cString: keyword), value: String(cString: value)))
      }
      if unsafe CStrings.string(option.pointee.dispchar) == "*" {
        secrets.insert(unsafe String(cString: keyword))
      }
      unsafe option += 1
    }
    self.settings = settings
    self.secrets = secrets
  }

  /// Whether it says a password, of the login or of a key, that others could see.
  package var holdsPassword: Bool {
    settings.contains { secrets.contains($0.keyword) && !$0.value.isEmpty }
  }

  /// The login's password; `nil` when the string has none.
  package var password: String? {
    settings.first { $0.keyword == "password" && !$0.value.isEmpty }?.value
  }

  /// Whether it says the password of a key, which only libpq itself takes.
  package var holdsKeyPassword: Bool {
    settings.contains { $0.keyword == "sslpassword" && !$0.value.isEmpty }
  }

  /// Whether it names several servers, of which one may take the place of another.
  package var namesSeveralServers: Bool {
    settings.contains { ["host", "hostaddr"].contains($0.keyword) && $0.value.contains(",") }
  }

  /// The same as `key='value'` pairs that psql takes, without passwords.
  package var withoutPasswords: String { text(of: settings) }

  /// The same for the one of its servers that a session went to.
  package func withoutPasswords(host: String, port: String) -> String {
    let rest = settings.filter { setting in
      !["host", "port"].contains(setting.keyword)
        && !(setting.keyword == "hostaddr" && setting.value.contains(","))
    }
    return text(of: rest + [Setting(keyword: "host", value: host), Setting(keyword: "port", value: port)])
  }

  private func text(of settings: [Setting]) -> String {
    settings.filter { !secrets.contains($0.keyword) }.map(\.written).joined(separator: " ")
  }

  fileprivate static func quoted(_ value: String) -> String {
    let isPlain =
      !value.isEmpty
      && value.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\\") }
    if isPlain { return value }
    var result = "'"
    for character in value {
      if character == "'" || character == "\\" { result.append("\\") }
      result.append(character)
    }
    return result + "'"
  }
}

/// The text is no connection string.
package struct ConnectionStringError: Error, Sendable {}
