import GuaranteeLedger
import PostgresClient

/// The ledger in a database: whether this program can use it, and what its login may do there.
enum LedgerChecks {
  static func findings(over connection: PostgresConnection, isPrivate: Bool) async -> [Finding] {
    do throws(LedgerError) {
      let ledger = try await LedgerExamination.read(from: connection, deadline: Examination.patience)
      let schema = [schema(ledger, isPrivate: isPrivate)] + rules(ledger)
      return schema + (ledger.installation.map { of($0, isPrivate: isPrivate) } ?? [])
    } catch {
      guard error.code == .notPermitted else {
        return [.problem("schema", Phrase(said: error.message.endingInStop))]
      }
      return [
        .problem(
          "login", "This login may read no ledger here: \(Phrase(said: error.message.endingInStop))",
          "Whoever owns the ledger gives it a role: guarantee user add LOGIN --role clerk --office OFFICE.")
      ]
    }
  }

  private static func schema(_ ledger: LedgerExamination, isPrivate: Bool) -> Finding {
    let (version, wanted) = (ledger.version ?? "", ledger.wantedVersion)
    let found: Phrase
    switch ledger.fit {
    case .same: return .ok("schema", "The ledger fits this program: \(version).")
    case .foreign(let reason):
      return .problem(
        "schema", Phrase(said: reason.endingInStop), "Use the program that made it, or a later one.")
    case .none where isPrivate: return .ok("schema", PrivateServerChecks.nothing)
    case .none: found = "This database holds no ledger yet."
    case .older: found = "The ledger is at \(version), and this program needs \(wanted)."
    case .otherFunctions: found = "The ledger's functions are those of another build of this program."
    case .otherRules: found = "The ledger's rules are those of another build of this program."
    }
    return isPrivate
      ? .ok("schema", "\(found) The next command brings it up by itself.")
      : .problem("schema", found, "Run 'guarantee migrate' as the ledger's owner.")
  }

  private static func rules(_ ledger: LedgerExamination) -> [Finding] {
    guard let rules = ledger.rules, ledger.fit == .same else { return [] }
    return [.ok("rules", "The rules in use are this program's, fingerprint \(rules).")]
  }

  private static func of(_ ledger: LedgerInstallation, isPrivate: Bool) -> [Finding] {
    let today: Finding = .ok(
      "time_zone", "Days count by \(ledger.timeZone), where it is \(ledger.today).")
    return [login(ledger), today, calendar(ledger)]
  }

  private static func login(_ ledger: LedgerInstallation) -> Finding {
    if let posts = ledger.posts { return .ok("login", "\(ledger.login) is: \(posts).") }
    if ledger.owns {
      return ledger.members == 0
        ? .ok("login", "\(ledger.login) owns the ledger, which has no other members.")
        : .warning(
          "login",
          "\(ledger.login) owns the ledger and has no role at an office; members: \(ledger.members).",
          "Do an office's work with a login of your own: guarantee user add LOGIN --role clerk --office OFFICE."
        )
    }
    return .problem(
      "login", "\(ledger.login) has no role at any office.",
      "Whoever owns the ledger gives it one: guarantee user add LOGIN --role clerk --office OFFICE.")
  }

  private static func calendar(_ ledger: LedgerInstallation) -> Finding {
    let advice: Phrase =
      "Record the State Council's notice: guarantee calendar set, for each day that differs."
    guard let last = ledger.calendarUntil, last >= ledger.today else {
      return .problem(
        "calendar", "This year's working days are not known, so that no deadline can be counted.", advice)
    }
    // The notice comes in November.
    guard ledger.isNextYearKnown || !(ledger.today.dropFirst(5) >= "12-01") else {
      return .warning("calendar", "Next year's working days are not known.", advice)
    }
    return .ok("calendar", "Working days are known until \(last).")
  }
}
