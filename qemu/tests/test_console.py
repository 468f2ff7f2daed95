# SPDX-License-Identifier: GPL-2.0-or-later
"""The UART against a host that is fast, slow, flooding and gone."""

import random
import threading
import time
import unittest

from board import Board

FLOOD = 4_000_000


def pattern(count):
    return bytes((i * 7 + (i >> 8)) & 0xff for i in range(count))


class Console(unittest.TestCase):
    def read(self, board, count):
        while len(board.console) < count:
            self.assertTrue(board.read_console(), "console closed")

    def test_levels_and_interrupts(self):
        with Board("uart", defines=["TEST=3"]) as board:
            seen = board.expect("send 5\n")
            board.send(b"01234")
            seen += board.expect("send 3\n")
            board.send(b"012")
            seen += board.expect("send 300\n")
            board.send(b"0123456789" * 30)
            seen += board.expect("\ndone\n")
        self.assertNotIn("FAILED", seen)
        self.assertGreaterEqual(seen.count("\nok "), 19)

    def test_flood_is_complete(self):
        with Board("uart", defines=["TEST=1", f"BYTES={FLOOD}u"]) as board:
            board.expect("flood\n")
            start = time.monotonic()
            self.read(board, FLOOD)
            rate = FLOOD / (time.monotonic() - start)
            print(f"console flood: {rate / 1e6:.1f} MB/s", flush=True)
            self.assertTrue(board.console == pattern(FLOOD))

    def test_slow_console_loses_nothing(self):
        """Nobody reads for a while: the machine answers all the same and stays small."""
        with Board("uart", defines=["TEST=1", f"BYTES={FLOOD}u"]) as board:
            board.expect("flood\n")
            time.sleep(0.5)
            start = board.guest_time()
            time.sleep(0.2)
            self.assertGreater(board.guest_time(), start, "the guest waits, it does not hang")
            self.read(board, FLOOD)
            self.assertTrue(board.console == pattern(FLOOD))

    def test_console_that_is_gone(self):
        with Board("uart", defines=["TEST=1", f"BYTES={FLOOD}u"]) as board:
            board.expect("flood\n")
            board.sockets["uart"].close()
            for _ in range(3):
                self.assertEqual(board.ask("query-status")["status"], "running")
                time.sleep(0.1)

    def test_echo_of_a_flood(self):
        """A megabyte in and out at once, both ends under back-pressure."""
        sent = random.Random(1).randbytes(1_000_000)
        with Board("uart", defines=["TEST=2"]) as board:
            board.expect("echo\n")
            writer = threading.Thread(target=board.send, args=(sent,))
            writer.start()
            time.sleep(0.3)
            self.read(board, len(sent))
            writer.join()
            self.assertTrue(board.console == sent)

    def test_flood_into_the_guest(self):
        sent = random.Random(3).randbytes(1_000_000)
        total = 0
        for byte in sent:
            total = (total * 31 + byte) & 0xffffffff
        with Board("uart", defines=["TEST=4", f"BYTES={len(sent)}u"]) as board:
            board.expect("sink\n")
            board.send(sent)
            self.assertEqual(board.expect("\n"), f"{total:#010x}\n")

    def test_single_bytes(self):
        with Board("uart", defines=["TEST=2"]) as board:
            board.expect("echo\n")
            for i in range(50):
                board.send(bytes([i]))
                self.read(board, 1)
                self.assertEqual(board.console, bytes([i]))
                board.console = b""
