// SPDX-License-Identifier: Apache-2.0

/// What a run is doing, as it happens, for whoever shows it.
public enum RunProgress: Equatable, Sendable {
  /// The submission is being built; with what, where that is worth saying.
  case building(submission: String, sdk: String? = nil)
  /// The build is done.
  case built(RunResult.Build)
  /// The device has been started.
  case booting(emulator: String)
  /// The run begins anew with the device, and why.
  case repeating(reason: String)
  /// A check has begun.
  case checking(CheckDefinition)
  /// A check has its verdict.
  case checked(CheckResult)
}
