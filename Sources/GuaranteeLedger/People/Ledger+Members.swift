import PostgresClient

/// Who may do what: given and taken by those alone who own the ledger.
extension Ledger {
  /// Who has which role where, sorted by login, role and office. Who does not own the ledger sees his own.
  ///
  /// - Parameters:
  ///   - withPast: Whether those come too who had a role and have it no longer.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func members(withPast: Bool = false, deadline: Duration? = nil) -> LedgerRows<Member> {
    rows(of: "members", ["of_past": withPast ? "yes" : nil], deadline: deadline)
  }

  /// Gives a login a role. From the first on that is given to anybody, nobody records without one.
  ///
  /// The login is made if there is none, which takes a login that may make others.
  ///
  /// - Parameters:
  ///   - login: Its name: letters, digits and `_ . @ -`.
  ///   - role: What it may do.
  ///   - offices: Where; `nil` for all offices and the register.
  ///   - password: What it will have to say; only a SCRAM-SHA-256 verifier of it is sent. `nil` leaves it as it is: a
  ///     login without one comes in by the system's name or a certificate.
  public func addMember(
    _ login: String, as role: MemberRole, at offices: [String]?, password: String? = nil
  ) async throws(LedgerError) {
    do {
      let end = ContinuousClock.now + configuration.deadline
      try await withConnection(by: end) { connection in
        let verifier: String? =
          if let password { try await connection.passwordVerifier(of: password, for: login) } else { nil }
        _ = try await connection.query(
          "select guarantee_api.add_member($1, $2, array(select jsonb_array_elements_text($3::jsonb)), $4)",
          [login, role.rawValue, (offices ?? [""]).jsonArray, verifier], deadline: end.left)
      }
    } catch {
      throw LedgerError(any: error)
    }
  }

  /// Takes all roles from a login and disables it. What it did keeps its name.
  ///
  /// - Parameter login: Its name.
  public func removeMember(_ login: String) async throws(LedgerError) {
    do {
      let end = ContinuousClock.now + configuration.deadline
      _ = try await withConnection(by: end) {
        try await $0.query("select guarantee_api.remove_member($1)", [login], deadline: end.left)
      }
    } catch {
      throw LedgerError(any: error)
    }
  }
}
