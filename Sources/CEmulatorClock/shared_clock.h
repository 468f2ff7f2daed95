// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdint.h>

/// The file through which the lab and the clock in its emulator (`emulator-clock.c`) talk: `LAB_EMULATOR_CLOCK` names it. It begins with
/// this and is all zero at first. Numbers are in the computer's own byte order; flags are 0 or 1.
struct shared_clock {
    /// By how much the emulator's clock is ahead of the computer's, in nanoseconds; less than 0 where stalls were left out of it. The
    /// emulator writes it.
    int64_t offset;
    /// How much idle time may still be skipped, in nanoseconds. The lab writes it while `skips` is 0, the emulator while it is 1.
    int64_t limit;
    /// How far the emulator's clock may go, whatever the computer's says; 0 for no end. The lab writes it while `skips` is 0, the emulator while
    /// it is 1.
    int64_t lease;
    /// Whether idle time is skipped. The lab begins it; it ends with the limit, when the guest is not quiet any more, or by the lab.
    uint8_t skips;
    /// Whether the guest has neither sent nor received anything since the lab set it.
    uint8_t quiet;
    /// Whether there is an emulator that goes by this clock. The emulator writes it.
    uint8_t attached;
};
