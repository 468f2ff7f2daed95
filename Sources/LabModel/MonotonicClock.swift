// SPDX-License-Identifier: Apache-2.0

/// The host's monotonic clock, shared by all processes of a run.
public enum MonotonicClock {
  /// `CLOCK_MONOTONIC` in nanoseconds.
  public static var now: UInt64 { readMonotonicClock() }
}

#if canImport(Glibc)
  import Glibc

  private func readMonotonicClock() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
#else
  import Darwin

  private func readMonotonicClock() -> UInt64 {
    clock_gettime_nsec_np(CLOCK_UPTIME_RAW)
  }
#endif
