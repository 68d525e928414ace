/// How the server is set up.
enum ServerSettings {
  static let user = "guarantee"
  static let database = "guarantee"
  static let port = "5432"

  /// What must hold whatever the cluster's files say: given at each start.
  ///
  /// No TCP. The socket is in the cluster's own folder (`.` is where the server works), which nobody but its
  /// owner and root may enter; so whoever reaches the socket is trusted, and there is no password.
  static let fixed: KeyValuePairs = [
    "listen_addresses": "",
    "unix_socket_directories": ".",
    "unix_socket_permissions": "0700",
    "port": port,
    "fsync": "on",
    "full_page_writes": "on",
  ]

  /// What suits a small machine; written into the new cluster's `postgresql.conf`, there to be changed.
  static let initial: KeyValuePairs = [
    "cluster_name": "guarantee",
    // The ledger's queries take milliseconds; compiling them takes longer.
    "jit": "off",
    "random_page_cost": "1.1",
    // One file for each weekday, begun anew a week later. Refused events are no news (levels above ERROR
    // only), so a file stays small.
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "server-%a.log",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
    "log_min_messages": "log",
    "log_checkpoints": "off",
    "log_autovacuum_min_duration": "-1",
  ]

  static var fixedArguments: [String] {
    fixed.flatMap { ["-c", "\($0)=\($1)"] }
  }

  /// Both kinds, so that the cluster is as safe when somebody starts it by hand.
  static var configuration: String {
    let lines = [fixed, initial].flatMap { $0.map { "\($0) = '\($1)'\n" } }
    return "\n# Settings of the guarantee ledger. The first \(fixed.count) are also given at each start.\n"
      + lines.joined()
  }
}
