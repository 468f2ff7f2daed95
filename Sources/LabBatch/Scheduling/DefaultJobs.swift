// SPDX-License-Identifier: Apache-2.0

/// How many submissions run at a time where the caller does not say.
public enum DefaultJobs {
  /// What a run may need at its worst: emulator, network and lab, and a compiler that works hard.
  static let memory: UInt64 = 512 << 20

  /// One for each processor, and fewer where there is not the memory.
  /// - Parameters:
  ///   - cores: the processors.
  ///   - memory: bytes that can be had without swapping; nil if that is not known.
  public static func count(cores: Int, memory: UInt64?) -> Int {
    let room = memory.map { Int(min($0 / Self.memory, 1 << 16)) } ?? cores
    return max(1, min(cores, room))
  }
}
