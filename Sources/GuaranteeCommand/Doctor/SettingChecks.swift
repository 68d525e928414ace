import Glibc
import GuaranteeLedger
import PostgresClient

/// What the person has set: files and variables of the program's own.
struct SettingChecks {
  private let file = ProfileFile.own

  /// Whether the profiles can be read and each says where a ledger is.
  var profiles: Finding {
    guard let path = file.path else {
      return .warning(
        "profiles", "There is no home directory to keep profiles in.",
        "Set HOME or XDG_CONFIG_HOME to a folder of yours.")
    }
    do throws(Failure) {
      let all = try file.read()
      if all.profiles.isEmpty { return .ok("profiles", "No profile is set up in \(path).") }
      for name in all.profiles.keys.sorted() {
        guard let place = try all.profile(name).place else {
          return .problem(
            "profiles", "The profile '\(name)' doesn't say where its ledger is.",
            "Add it anew with 'guarantee profile add'.")
        }
        try place.check(from: "profile \(name)")
      }
      if let name = all.default { _ = try all.profile(name) }
      return .ok("profiles", "\(path) can be read: \(all.profiles.keys.sorted().joined(separator: ", ")).")
    } catch {
      return .problem("profiles", error.message)
    }
  }

  /// Whether `GUARANTEE_PATIENCE` can be read; `nil` when it is not set.
  var patience: Finding? {
    guard let text = Environment["GUARANTEE_PATIENCE"], !text.isEmpty else { return nil }
    do throws(Failure) {
      _ = try LedgerPlace.configuration("")
      return .ok("patience", "GUARANTEE_PATIENCE has every command wait \(text) s for the database.")
    } catch {
      return .problem("patience", error.message)
    }
  }

  /// Whether what is printed can be read where it is shown.
  var terminal: Finding {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { Environment[$0] }.first { !$0.isEmpty }
    let isUnicode =
      locale.map { $0.uppercased().contains("UTF-8") || $0.uppercased().contains("UTF8") } ?? false
    guard isUnicode else {
      return .warning(
        "terminal", "The locale is \(locale ?? "C"), whose terminals need not take UTF-8.",
        "Set LANG to one that does, such as C.UTF-8 or zh_CN.UTF-8, or Chinese may come out garbled.")
    }
    guard let columns = Terminal.columns else {
      return .ok("terminal", "The locale is \(locale ?? ""). The output goes to no terminal.")
    }
    guard columns >= 60 else {
      return .warning(
        "terminal", "The terminal has \(columns) columns: wide tables are shown row by row.",
        "Make its window wider; 80 columns are enough for most.")
    }
    return .ok("terminal", "The locale is \(locale ?? ""), and the terminal has \(columns) columns.")
  }

  /// Which ledger it is, and whose office's.
  static func ledger(_ choice: LedgerChoice) -> [Finding] {
    let name: Phrase =
      switch choice.place {
      case .foreign(let text): "\(LedgerPlace.shown(text) ?? "")"
      case .private(let directory): "a private one in \(directory)"
      }
    return [
      .ok("ledger", "It is \(name), chosen by: \(Phrase(said: choice.source)).")
    ] + (choice.office.map { [.ok("office", "The profile is for the office \($0).")] } ?? [])
  }
}

/// The files that libpq takes passwords from.
struct PasswordFileChecks {
  let connectionString: String

  var findings: [Finding] { [passwords, services].compactMap { $0 } }

  /// A password file that others may read is not read by libpq at all.
  private var passwords: Finding? {
    let named = setting("passfile") ?? given("PGPASSFILE")
    guard let path = named ?? home.map({ $0 + "/.pgpass" }) else { return nil }
    guard let status = status(of: path) else {
      return named == nil
        ? nil
        : .problem(
          "password_file", "The password file \(path) is not there, or may not be looked at.",
          "Make it with a line such as server:5432:guarantee:anna:PASSWORD, and chmod 0600 \(path).")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      return .problem(
        "password_file", "\(path) is no plain file, and libpq takes no password from it.",
        "Put a plain file there, or name another one in PGPASSFILE.")
    }
    guard status.st_mode & 0o077 == 0 else {
      return .problem(
        "password_file", "Others may read \(path), so libpq takes no password from it.",
        "Run: chmod 0600 \(path)")
    }
    return readable(path, "password_file")
  }

  private var services: Finding? {
    let named = given("PGSERVICEFILE")
    guard let path = named ?? home.map({ $0 + "/.pg_service.conf" }) else { return nil }
    guard let status = status(of: path) else {
      return named == nil && setting("service") == nil
        ? nil
        : .warning(
          "service_file", "The service file \(path) is not there, or may not be looked at.",
          "Make it, unless the system's own file has the service: a line [name], and below it host=… and dbname=…."
        )
    }
    let text = (try? SmallFile.bytes(of: path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    guard !text.contains("password") || status.st_mode & 0o077 == 0 else {
      return .problem(
        "service_file", "Others may read \(path), and it has a password in it.", "Run: chmod 0600 \(path)")
    }
    return readable(path, "service_file")
  }

  private func readable(_ path: String, _ check: String) -> Finding {
    access(path, R_OK) == 0
      ? .ok(check, "\(path) can be read by you.")
      : .problem(
        check, "\(path) may not be read by you.",
        "Make it yours: chown it to the user that runs the program.")
  }

  private func status(of path: String) -> stat? {
    var found = stat()
    return stat(path, &found) == 0 ? found : nil
  }

  private func setting(_ keyword: String) -> String? {
    (try? ConnectionString(parsing: connectionString))?.settings.first { $0.keyword == keyword }?.value
  }

  private func given(_ name: String) -> String? {
    Environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  private var home: String? { given("HOME") }
}
