import Glibc
import Testing

extension Trait where Self == ConditionTrait {
  /// Changing users and mounting file systems is root's.
  static var onlyAsRoot: Self { .enabled(if: geteuid() == 0, "only root can change users and mount") }
}
