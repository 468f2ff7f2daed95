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

    def busy_share(self, board):
        """The share of a stretch of guest time in which the processor ran."""
        def clocks():
            return board.ask("qom-get", path="/machine", property="busy-time-ns") / 1e9, board.guest_time()
        busy, time_before = clocks()
        deadline = time.monotonic() + 60
        while board.guest_time() < time_before + 0.5 and time.monotonic() < deadline:
            time.sleep(0.02)
        now_busy, now = clocks()
        self.assertGreaterEqual(now, time_before + 0.5)
        return (now_busy - busy) / (now - time_before)

    def test_tells_how_busy_the_guest_is(self):
        with Board("idle") as board:
            board.expect("second 0x00000001 at")
            self.assertLess(self.busy_share(board), 0.2)
        # Their watchdog restarts these two, and a part of each start is spent on waiting.
        shares = {}
        for hang in (1, 2):
            with Board("idle", defines=[f"HANG={hang}"]) as board:
                board.expect("cause 0x00000001")
                shares[hang] = self.busy_share(board)
        self.assertGreater(shares[1], shares[2] + 0.3)

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

    def stands_after(self, board, nanoseconds):
        """Leases; the guest comes as far as that to the nanosecond, and no further."""
        board.lease(nanoseconds)
        board.wait_until_held()
        before = board.guest_time()
        time.sleep(0.3)
        self.assertEqual(board.guest_time(), before)
        return before

    def test_an_idle_guest_stands_at_the_end_of_its_lease(self):
        with Board("idle") as board:
            board.expect("second 0x00000001 at")
            first = self.stands_after(board, 50 * 10 ** 6)
            second = self.stands_after(board, 50 * 10 ** 6)
            self.assertAlmostEqual(second - first, 0.05, delta=1e-6)
            board.lease(0)
            seen = board.expect("second 0x00000003 at ") + board.expect("\n")
        self.assertNotIn("TG0WDT", seen)
        at = int(re.search("second 0x00000003 at (0x[0-9a-f]+)", seen).group(1), 16)
        self.assertAlmostEqual(at / 1e6, 3, delta=0.05)

    def test_a_guest_that_spins_stands_at_the_end_of_its_lease(self):
        """Its watchdog of 300 ms does not bite while it stands."""
        with Board("idle", defines=["HANG=1"], stopped=True) as board:
            board.lease(100 * 10 ** 6)
            board.ask("cont")
            first = self.stands_after(board, 50 * 10 ** 6)
            second = self.stands_after(board, 50 * 10 ** 6)
            self.assertAlmostEqual(second - first, 0.05, delta=1e-6)
            self.assertNotIn("TG0WDT", board.quiet_for(0.02))
            board.lease(0)
            self.assertIn("rst:0x7 (TG0WDT_SYS_RST)", board.expect("done"))

    def test_a_guest_that_waits_for_nothing_stands_too(self):
        with Board(b"") as board:
            board.expect("halted")
            self.stands_after(board, 50 * 10 ** 6)

    def test_a_lease_can_be_renewed_again_and_again(self):
        with Board("idle") as board:
            before = board.guest_time()
            while board.guest_time() - before < 1:
                board.lease(100 * 10 ** 6)
                time.sleep(0.02)
            self.assertNotIn("TG0WDT", board.quiet_for(0.02))

    def test_a_machine_that_is_let_go_has_its_lease_anew(self):
        with Board("idle") as board:
            board.expect("second 0x00000001 at")
            self.stands_after(board, 50 * 10 ** 6)
            board.ask("stop")
            board.ask("system_reset")
            board.lease(20 * 10 ** 6)
            before = board.guest_time()
            time.sleep(0.1)
            self.assertEqual(board.guest_time(), before)
            board.ask("cont")
            board.wait_until_held()
            self.assertAlmostEqual(board.guest_time() - before, 0.02, delta=1e-6)

    def test_a_reset_lets_no_guest_run_that_stands(self):
        with Board("idle") as board:
            board.expect("second 0x00000001 at")
            before = self.stands_after(board, 50 * 10 ** 6)
            board.ask("system_reset")
            time.sleep(0.3)
            self.assertLess(board.guest_time() - before, 0.01)
            board.lease(0)
            board.expect("second 0x00000002 at")

    def test_what_is_skipped_comes_on_top_of_the_lease(self):
        with Board("sleep") as board:
            board.expect("asleep")
            board.lease(100 * 10 ** 6)
            before = board.guest_time()
            deadline = time.monotonic() + 20
            while "\ndone\n" not in (seen := board.quiet_for(0.02)) and time.monotonic() < deadline:
                self.skip(board, HOUR)
                board.lease(100 * 10 ** 6)
            self.assertEqual(seen.count("ok a quarter of an hour"), 4)
            self.assertGreaterEqual(board.guest_time() - before, 3500)
            # When the skip is over, the lease is all that there is.
            board.wait_until_held()
            stands = board.guest_time()
            time.sleep(0.2)
            self.assertEqual(board.guest_time(), stands)

    def test_a_skip_that_ends_early_leaves_the_lease_alone(self):
        with Board("sleep") as board:
            board.expect("asleep")
            board.lease(100 * 10 ** 6)
            board.ask("qom-set", path="/machine", property="quiet", value=True)
            board.ask("qom-set", path="/machine", property="skip-idle", value=HOUR)
            board.ask("qom-set", path="/machine", property="skip-idle", value=0)
            board.wait_until_held()

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
