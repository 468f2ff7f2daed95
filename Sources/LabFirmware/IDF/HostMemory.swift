// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What the host does when it runs out of memory.
enum HostMemory {
  /// How many processes the kernel has killed since it started because memory was short (`oom_kill` in `/proc/vmstat`, proc(5)); 0 where it does
  /// not say.
  static var killCount: Int {
    guard let text = FileManager.default.contents(atPath: "/proc/vmstat") else { return 0 }
    let line = String(decoding: text, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("oom_kill ") }
    return line.flatMap { Int($0.dropFirst("oom_kill ".count)) } ?? 0
  }
}
