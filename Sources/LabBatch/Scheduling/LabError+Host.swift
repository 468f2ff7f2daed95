// SPDX-License-Identifier: Apache-2.0
import LabModel

extension LabError {
  /// A run that was given up.
  static func tooSlow(_ deadline: Duration) -> LabError {
    LabError(
      code: "run.too-slow", message: "the run did not come to its end within \(deadline.components.seconds) s",
      remedy: "grade it again when the computer is less busy, or with fewer --jobs")
  }

  /// Whether it tells that the host did not get on, so that fewer runs at a time may get through.
  var isByHost: Bool {
    ["run.host-overloaded", "run.too-slow", "emulator.silent", "network.start"].contains(code)
  }

  /// Whether every other run would end in the same way: without an SDK, an emulator or room on the disk there is no going on, and
  /// nobody is to get an `error` for it. No submission can bring such an error about.
  var concernsAll: Bool {
    ["disk.full", "emulator.missing"].contains(code) || code.hasPrefix("setup.")
  }
}
