// SPDX-License-Identifier: Apache-2.0

/// How much an archive may hold and how much unpacking it may use up.
public struct UnpackLimits: Hashable, Sendable {
  /// Bytes of the archive itself.
  public var archiveSize = 256 << 20
  /// Bytes of all that it holds, names included.
  public var totalSize = 64 << 20
  /// How many files, folders and links.
  public var entries = 2_000
  /// How many folders deep.
  public var depth = 24
  /// Bytes of memory for unpacking.
  public var memory: UInt64 = 512 << 20
  /// Seconds of processor time for unpacking.
  public var processorSeconds: UInt64 = 20
  /// How long unpacking may take before the lab is thought to have failed.
  public var timeout: Duration = .seconds(180)

  /// The limits of an ordinary submission: many times what a project of a course holds.
  public init() {}
}
