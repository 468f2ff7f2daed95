// SPDX-License-Identifier: Apache-2.0
import Foundation

/// That the lab runs as root and need not.
public enum RootWarning {
  /// The warning's text; `nil` where there is no reason for it.
  /// - Parameter environment: the caller's.
  public static func text(environment: [String: String]) -> String? {
    isDue(
      user: geteuid(), environment: environment,
      isContainer: ["/.dockerenv", "/run/.containerenv"].contains { FileManager.default.fileExists(atPath: $0) },
      allowsNamespaces: ["kernel/unprivileged_userns_clone", "user/max_user_namespaces"].allSatisfy { name in
        FileManager.default.contents(atPath: "/proc/sys/\(name)").map { $0 != Data("0\n".utf8) } ?? true
      })
      ? "the lab runs as root, which it does not need: run it as an ordinary user" : nil
  }

  /// Whether root is there without need. In a container or a CI job root is often the only user there is; and where the system keeps namespaces from
  /// ordinary users, only root has a sandbox.
  static func isDue(user: uid_t, environment: [String: String], isContainer: Bool, allowsNamespaces: Bool) -> Bool {
    user == 0 && !isContainer && allowsNamespaces && environment["CI"] == nil && environment["container"] == nil
  }
}
