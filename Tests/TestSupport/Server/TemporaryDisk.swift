import Foundation
import Glibc

/// A small disk of a test's own, mounted on a folder that all may write in; gone when nothing refers to it any more
/// or the process ends, however it ends. Only root can mount one.
package final class TemporaryDisk: Sendable {
  package enum Kind: String, Sendable {
    /// As much room as it has, and no more.
    case memory
    /// A file system in a file: what was not synchronized is not yet in the file.
    case image
  }

  /// Where it is mounted.
  package let folder: String
  private let guardian: ServerGuardian

  package init(_ kind: Kind, megabytes: Int) async throws {
    folder = "\(TemporaryServer.parentFolder)/disk-\(UUID().uuidString.prefix(8))"
    guardian = try ServerGuardian(script: Self.script, [folder, kind.rawValue, String(megabytes)])
    guard await guardian.isReady() else { throw NotMounted() }
  }

  /// Whether this machine and user can mount disks of both kinds.
  package static var canBeMade: Bool { get async { await trial.value } }

  private static let trial = Task {
    guard geteuid() == 0 else { return false }
    for kind in [Kind.memory, .image] {
      guard (try? await TemporaryDisk(kind, megabytes: 8)) != nil else { return false }
    }
    return true
  }

  private struct NotMounted: Error {}

  /// Takes all the room that is left.
  package func fill() throws {
    let file = open(folder + "/filling", O_CREAT | O_WRONLY | O_APPEND, 0o600)
    guard file >= 0 else { throw NotMounted() }
    defer { close(file) }
    var size = 65_536
    let block = [UInt8](repeating: 0, count: size)
    while size > 0 {
      if write(file, block, size) <= 0 { size /= 2 }
    }
  }

  /// Gives the room back.
  package func free() { unlink(folder + "/filling") }

  /// Has all that was written so far kept.
  package func synchronize() async throws {
    guard await guardian.control("keep") else { throw NotMounted() }
  }

  /// What a loss of power does to an image: it is as it was last synchronized, and mounted anew.
  ///
  /// Whoever wrote on it must have been killed right before; then nothing writes on the image any more.
  package func losePower() async throws {
    guard await guardian.control("lose") else { throw NotMounted() }
  }

  private static let script = """
    folder=$1 kind=$2 size=$3 count=0
    trap '' INT HUP TERM
    attach() { mount -o loop,noatime,commit=300 "$1" "$folder"; }
    make() {
      mkdir "$folder" || return 1
      if [ "$kind" = memory ]; then
        mount -t tmpfs -o "size=${size}m" tmpfs "$folder"
      else
        truncate -s "${size}M" "$folder.0" && mkfs.ext4 -q -F "$folder.0" && attach "$folder.0"
      fi && chmod 777 "$folder"
    }
    keep() { sync -f "$folder"; }
    lose() {
      next=$((count + 1))
      cp --sparse=always "$folder.$count" "$folder.$next" && umount -l "$folder" && attach "$folder.$next" &&
        rm "$folder.$count" && count=$next
    }
    answer() { if "$@" >/dev/null 2>&1 </dev/null; then echo 'done'; else echo failed; fi; }
    answer make
    while read -r action; do answer "$action"; done
    exec >/dev/null 2>&1
    # A server on it that ends for the same reason is first.
    tries=0
    while ls -d "$folder"/pg-* && [ $((tries += 1)) -lt 100 ]; do sleep 0.1; done
    umount -l "$folder"
    rm -f "$folder.$count"
    rmdir "$folder"
    """
}
