# SPDX-License-Identifier: GPL-2.0-or-later
"""The guest's clock: idling, stalls of the host, watchdogs that fire and that must not."""

import os
import re
import signal
import time
import unittest

from board import Board

LAUNCHES = 5
HOUR = 3600 * 10 ** 9


class Time(unittest.TestCase):
    def test_watchdog_resets_a_guest_that_spins(self):
        with Board("idle", defines=["HANG=1"]) as board:
            seen = board.expect("done")
        self.assertIn("rst:0x7 (TG0WDT_SYS_RST)", seen)

    def test_watchdog_resets_a_guest_that_sleeps_for_ever(self):
        with Board("idle", defines=["HANG=2"]) as board:
            seen = board.expect("done")
        self.assertIn("rst:0x7 (TG0WDT_SYS_RST)", seen)

    def test_idle_guest_costs_no_cpu(self):
        with Board("idle") as board:
            board.expect("second 0x00000001 at")
            cpu, start = board.cpu_seconds(), time.monotonic()
            board.expect("second 0x00000003 at")
            share = (board.cpu_seconds() - cpu) / (time.monotonic() - start)
        self.assertLess(share, 0.15)

    def test_stall_of_an_idle_guest_is_not_guest_time(self):
        """SIGSTOP for much longer than the watchdog's 300 ms, again and again."""
        with Board("idle") as board:
            board.expect("second 0x00000001 at")
            before, start = board.guest_time(), time.monotonic()
            for _ in range(4):
                os.kill(board.process.pid, signal.SIGSTOP)
                time.sleep(0.7)
                os.kill(board.process.pid, signal.SIGCONT)
                time.sleep(0.05)
            passed = board.guest_time() - before
            stalled = time.monotonic() - start
            seen = board.expect("second 0x00000003 at ") + board.expect("\n")
        self.assertNotIn("TG0WDT", seen)
        self.assertLess(passed, stalled / 2)
        # The guest's own clock agrees with its ticks: none was missed.
        at = int(re.search("second 0x00000003 at (0x[0-9a-f]+)", seen).group(1), 16)
        self.assertAlmostEqual(at / 1e6, 3, delta=0.05)

    def test_guest_time_follows_an_idle_guest(self):
        with Board("sleep") as board:
            board.expect("asleep")
            before, start = board.guest_time(), time.monotonic()
            time.sleep(1)
            passed = board.guest_time() - before
            real = time.monotonic() - start
        self.assertGreater(passed, 0.5)
        self.assertLess(passed, real * 1.05)

    def test_guest_time_follows_a_guest_that_waits_for_nothing(self):
        with Board(b"") as board:
            board.expect("halted")
            before = board.guest_time()
            time.sleep(0.5)
            self.assertGreater(board.guest_time() - before, 0.2)

    def test_guest_time_stands_still_while_stopped(self):
        with Board("idle") as board:
            board.expect("second 0x00000001 at")
            board.ask("stop")
            before = board.guest_time()
            time.sleep(0.3)
            self.assertEqual(board.guest_time(), before)
            board.ask("cont")
            board.expect("second 0x00000002 at")

    def skip(self, board, nanoseconds):
        """Skips until that is over. Returns by how many seconds of guest time."""
        before = board.guest_time()
        board.ask("qom-set", path="/machine", property="quiet", value=True)
        board.ask("qom-set", path="/machine", property="skip-idle", value=nanoseconds)
        while board.ask("qom-get", path="/machine", property="skip-idle"):
            time.sleep(0.001)
        return board.guest_time() - before

    def skip_at_least(self, board, seconds, limit):
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            time.sleep(0.02)
            passed = self.skip(board, limit)
            if passed >= seconds:
                return passed
        self.fail("nothing was skipped")

    def test_idle_time_can_be_skipped(self):
        """An hour of sleep passes in some jumps, and the guest's clock says an hour."""
        with Board("sleep") as board:
            board.expect("asleep")
            deadline = time.monotonic() + 20
            while "\ndone\n" not in (seen := board.quiet_for(0.02)) and time.monotonic() < deadline:
                self.skip(board, HOUR)
            self.assertNotIn("FAILED", seen)
            self.assertEqual(seen.count("ok a quarter of an hour"), 4)
            self.assertGreaterEqual(board.guest_time(), 3600)

    def test_a_skip_ends_at_the_limit_and_at_output(self):
        with Board("sleep") as board:
            board.expect("asleep")
            self.assertLess(self.skip_at_least(board, 1, 10 ** 9), 60)
            self.assertLess(self.skip_at_least(board, 1, HOUR), 1000)

    def test_a_skip_goes_on_over_ticks(self):
        """The guest wakes up 100 times a second; most of a second is skipped at once."""
        with Board("idle") as board:
            board.expect("second 0x00000001 at")
            self.assertLess(self.skip_at_least(board, 0.5, HOUR), 2)
            self.assertNotIn("TG0WDT", board.quiet_for(0.02))

    def test_a_guest_that_runs_skips_nothing(self):
        with Board("idle", defines=["HANG=1"]) as board:
            board.expect("cause 0x00000001")
            before, start = board.guest_time(), time.monotonic()
            board.ask("qom-set", path="/machine", property="skip-idle", value=HOUR)
            board.ask("qom-set", path="/machine", property="skip-idle", value=0)
            self.assertEqual(board.ask("qom-get", path="/machine", property="skip-idle"), 0)
            self.assertLess(board.guest_time() - before, 60 + time.monotonic() - start)

    def test_guest_time_is_repeatable(self):
        """Two runs of the same program take the same guest time to the nanosecond."""
        def run():
            with Board("timers") as board:
                return board.expect("\ndone\n")
        self.assertEqual(run(), run())

    def test_launch(self):
        """Prints how long it takes to the first byte; the bar is 50 ms on a quiet host."""
        times = []
        for _ in range(LAUNCHES):
            with Board(b"") as board:
                board.read_console()
                times.append(time.monotonic() - board.started)
        print(f"launch to first console byte: {min(times) * 1000:.0f} ms", flush=True)
