import Foundation
import Synchronization

/// The shell that makes a server's cluster, does what it is told to it, and removes it when this process ends,
/// however it ends.
package final class ServerGuardian: Sendable {
  private let process: Process
  /// Takes commands; its end is the sign that this process has ended.
  private let commands: Pipe
  private let answers: Pipe
  private let queue = DispatchQueue(label: "ServerGuardian")

  /// - Parameters:
  ///   - settings: lines of `postgresql.conf`; later ones prevail over earlier ones and over the defaults.
  ///   - source: the folder of the server to copy as a streaming standby, or of a base backup to recover from; `nil`
  ///     for a cluster of its own.
  ///   - environment: what the server finds in its environment beside what is in ours.
  convenience init(
    folder: String, settings: [String], copying source: String?, environment: [String: String]
  ) throws {
    let settings = (Self.defaults(folder) + settings).joined(separator: "\n")
    let environment = environment.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: " ")
    try self.init(script: Self.script, [folder, settings, source ?? "", environment])
  }

  /// Runs a script that answers `done` when its server has started, or anything else when it has not, and stays
  /// until its input ends.
  package init(script: String, _ arguments: [String]) throws {
    process = Process()
    commands = Pipe()
    answers = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script, "guardian"] + arguments
    process.standardInput = commands
    process.standardOutput = answers
    try process.run()
  }

  deinit {
    // A process that runs keeps itself and its pipes.
    try? commands.fileHandleForWriting.close()
  }

  var isRunning: Bool { process.isRunning }

  /// Waits for the server's start; false when there is none.
  package func isReady() async -> Bool { await answer() }

  /// Has `pg_ctl` do something, such as `stop -m immediate`, and waits for it; false when it failed.
  package func control(_ action: String) async -> Bool {
    queue.async { [commands] in commands.fileHandleForWriting.write(Data((action + "\n").utf8)) }
    return await answer()
  }

  private func answer() async -> Bool {
    await withCheckedContinuation { continuation in
      queue.async { [answers] in
        let answer = answers.fileHandleForReading.availableData
        continuation.resume(returning: String(decoding: answer, as: UTF8.self) == "done\n")
      }
    }
  }

  /// A server that is quick to make and to stop, and is seen by nobody else.
  private static func defaults(_ folder: String) -> [String] {
    [
      "listen_addresses = ''", "unix_socket_directories = '\(folder)'", "fsync = off",
      "full_page_writes = off", "max_connections = 200", "autovacuum = off",
      "dynamic_shared_memory_type = mmap", "min_wal_size = 32MB", "max_wal_size = 256MB",
    ]
  }

  /// Root hands over to postgres first, as the server refuses to run as root. Processes that a test has stopped
  /// go on in the end, so that they can end, and the shared memory of one that was killed is given back.
  private static let script = """
    folder=$1
    environment=$4
    trap '' INT HUP TERM
    rm -rf "$folder"; mkdir -m 700 "$folder" || exit 1
    if [ "$(id -u)" = 0 ]; then
      chown postgres "$folder"
      as_server() { setpriv --reuid=postgres --regid=postgres --init-groups env $environment "$@"; }
    else
      as_server() { env $environment "$@"; }
    fi
    programs=$(pg_config --bindir)
    data=$folder/data
    cd "$folder"
    make_cluster() {
      if [ -f "$3/backup_label" ]; then
        cp -a "$3" "$data" && touch "$data/recovery.signal" && chmod 700 "$data" &&
          { [ "$(id -u)" != 0 ] || chown -R postgres "$data"; }
      elif [ -n "$3" ]; then
        as_server "$programs/pg_basebackup" -h "$3" -U postgres -D "$data" -R -X stream -c fast --no-sync
      else
        as_server "$programs/initdb" -D "$data" -U postgres -A trust --no-locale -E UTF8 --no-sync
      fi && printf '%s\\n' "$2" | as_server tee -a "$data/postgresql.conf" >/dev/null
    }
    # Its disk may have been mounted anew.
    control() { cd "$folder" && as_server "$programs/pg_ctl" "$@" -w -D "$data" -l "$data/log"; }
    answer() { if "$@" >>"$folder/log" 2>&1 </dev/null; then echo 'done'; else echo failed; fi; }
    make_cluster "$@" >"$folder/log" 2>&1 </dev/null && answer control start || echo failed
    while read -r action; do answer control $action; done
    exec >/dev/null 2>&1
    cd /
    server=$(head -n 1 "$data/postmaster.pid")
    segment=$(sed -n '7s/.* //p' "$data/postmaster.pid")
    for process in /proc/[0-9]*; do
      read -r number name state parent rest <"$process/stat" || continue
      if [ "$number" = "$server" ] || [ "$parent" = "$server" ]; then kill -CONT "$number"; fi
    done
    control stop -m immediate </dev/null
    ipcrm -m "$segment"
    rm -rf "$folder"
    """
}
