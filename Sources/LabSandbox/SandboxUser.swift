// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// The ordinary user that commands run as in the sandbox where the lab itself runs as root. Root's files, those of `/proc` among them, are not this
/// user's to write.
struct SandboxUser: Hashable, Sendable {
  /// The number of the user and of the group.
  let id: UInt32

  /// The user; `nil` where the lab is an ordinary user itself, or is root of a namespace that has nobody else (user_namespaces(7)): outside of that it
  /// is an ordinary user, too.
  static let current: SandboxUser? = {
    guard geteuid() == 0 else { return nil }
    func map(_ name: String) -> String {
      FileManager.default.contents(atPath: "/proc/self/\(name)").map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
    return SandboxUser(users: map("uid_map"), groups: map("gid_map"))
  }()

  /// The number that most systems call `nobody`, which owns nothing.
  private static let nobody: UInt32 = 65534

  /// Chooses one that the lab's own namespace has: `nobody` if it can be, else the highest.
  /// - Parameters:
  ///   - users: `/proc/self/uid_map`: lines of first number inside, first number outside, and how many there are.
  ///   - groups: `/proc/self/gid_map`.
  init?(users: String, groups: String) {
    func ranges(_ map: String) -> [Range<UInt64>] {
      map.split(separator: "\n").compactMap { line in
        let numbers = line.split(separator: " ").compactMap { UInt64($0) }
        return numbers.count == 3 ? numbers[0]..<(numbers[0] + numbers[2]) : nil
      }
    }
    let (users, groups) = (ranges(users), ranges(groups))
    let candidates = [UInt64(Self.nobody)] + users.map { $0.upperBound - 1 }.sorted(by: >)
    let id = candidates.first { candidate in
      candidate > 0 && users.contains { $0.contains(candidate) } && groups.contains { $0.contains(candidate) }
    }
    guard let id = id.flatMap({ UInt32(exactly: $0) }) else { return nil }
    self.id = id
  }

  /// Makes a file or a folder that a command may write to this user's, with what is in it.
  /// - Parameter path: its absolute path. It has been made by the lab; links in it are not followed.
  /// - Throws: `LabError` if that is not possible.
  func take(_ path: String) throws {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_uid != id else { return }
    for name in (FileManager.default.enumerator(atPath: path)?.allObjects as? [String]) ?? [] {
      _ = lchown("\(path)/\(name)", id, id)
    }
    guard lchown(path, id, id) == 0 else { throw LabError(systemCall: "chown") }
  }
}
