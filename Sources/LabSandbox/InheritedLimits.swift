// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// The limits that the lab and everything it starts have inherited from the caller's shell (`ulimit`).
///
/// A limit below what the lab itself allows a compiler or an emulator would stop them, and that would look like the submission's doing. So a
/// run begins only where there is room.
public enum InheritedLimits {
  /// A limit, and what a run needs of it.
  private struct Need {
    /// The resource, as getrlimit(2) has it.
    var resource: __rlimit_resource_t
    /// The option of the shell's `ulimit`, and what it is about.
    var option: String
    var what: String
    /// How much it is, in the resource's own unit.
    var least: UInt64
    /// How much more than that it takes where a program opens all the connections that it may: taken if the caller may have it.
    var wish: UInt64 = 0
    /// The size of the shell's unit in the resource's own.
    var unit: UInt64 = 1
  }

  /// Makes sure that there is room for runs; limits that the caller may raise are raised.
  /// - Parameter runs: how many there are at a time.
  /// - Throws: `LabError` that names the limit and says what to do.
  public static func ensureRoom(forRuns runs: Int) throws {
    for need in needs(runs) {
      var limit = rlimit()
      guard getrlimit(need.resource, &limit) == 0 else { continue }
      guard limit.rlim_max >= need.least else { throw tooLow(need, UInt64(limit.rlim_max)) }
      let wanted = min(need.least + need.wish, UInt64(limit.rlim_max))
      guard limit.rlim_cur < wanted else { continue }
      limit.rlim_cur = rlim_t(wanted)
      guard setrlimit(need.resource, &limit) == 0 else { throw tooLow(need, UInt64(limit.rlim_cur)) }
    }
  }

  /// What runs need: as much as the sandbox allows, or what the lab itself was measured to need and some more.
  private static func needs(_ runs: Int) -> [Need] {
    [
      Need(
        resource: resource(RLIMIT_NOFILE), option: "-n", what: "open files", least: UInt64(64 + 48 * max(1, runs)),
        wish: UInt64(400 * max(1, runs))),
      Need(
        resource: resource(RLIMIT_FSIZE), option: "-f", what: "the size of a file in kB", least: 512 << 20, unit: 1024),
      Need(
        resource: resource(RLIMIT_AS), option: "-v", what: "the address space of a process in kB", least: 8 << 30,
        unit: 1024),
      Need(
        resource: resource(RLIMIT_DATA), option: "-d", what: "the data of a process in kB", least: 4 << 30, unit: 1024),
      Need(resource: resource(RLIMIT_STACK), option: "-s", what: "the stack in kB", least: 8 << 20, unit: 1024),
      Need(resource: resource(RLIMIT_CPU), option: "-t", what: "seconds of processor time", least: 1800),
      Need(
        resource: resource(__RLIMIT_NPROC), option: "-u", what: "processes", least: UInt64(256 * max(1, min(runs, 4)))),
    ]
  }

  private static func resource(_ value: __rlimit_resource) -> __rlimit_resource_t {
    __rlimit_resource_t(value.rawValue)
  }

  private static func tooLow(_ need: Need, _ value: UInt64) -> LabError {
    let (seen, least) = (value / need.unit, need.least / need.unit)
    return LabError(
      code: "host.limit",
      message: "this shell limits \(need.what) to \(seen) (ulimit \(need.option)), and the lab needs \(least)",
      remedy:
        "Raise it with 'ulimit \(need.option) \(least)', or in the service or container that set it, and run it again.")
  }
}
