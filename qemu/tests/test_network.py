# SPDX-License-Identifier: GPL-2.0-or-later
"""The Ethernet MAC over the stream network."""

import random
import struct
import time
import unittest

from board import Board, Timeout

ME = bytes.fromhex("0200c0ffee01")
BOARD = bytes.fromhex("020000c30001")


def frame(payload, kind=b"\x88\xb5"):
    return BOARD + ME + kind + payload


def seen(count):
    """What the other end says of itself: it has seen so many frames to the end."""
    return bytes(12) + b"\x88\xb6" + struct.pack(">Q", count)


def stamp(received):
    """The guest's time in seconds, which follows a frame."""
    return struct.unpack(">Q", received[-8:])[0] / 1e9


class Network(unittest.TestCase):
    def start(self):
        board = Board("ethernet")
        self.addCleanup(board.close)
        self.assertNotIn("FAILED", board.expect("ready\n"))
        hello = board.receive_frame()
        self.assertEqual(hello[:6], b"\xff" * 6)
        self.assertEqual(hello[12:19], b"\x88\xb5hello")
        self.assertEqual(len(hello), 60)
        return board

    def test_frames_of_every_length(self):
        source = random.Random(2)
        board = self.start()
        for length in [46, 47, 48, 49, 1499, 1500] + source.sample(range(50, 1499), 100):
            payload = source.randbytes(length)
            board.send_frame(frame(payload))
            self.assertEqual(board.receive_frame(), ME + BOARD + b"\x88\xb5" + payload)

    def test_burst_of_as_many_as_there_are_buffers(self):
        board = self.start()
        for burst in range(20):
            for i in range(4):
                board.send_frame(frame(bytes([burst, i]) * 30))
            for i in range(4):
                self.assertEqual(board.receive_frame()[14:], bytes([burst, i]) * 30)

    def test_what_finds_no_buffer_waits_while_the_guest_stands(self):
        """However long the host holds the guest up, no frame is lost."""
        board = self.start()
        board.lease(1)
        board.wait_until_held()
        for i in range(40):
            board.send_frame(frame(bytes([i]) * 60))
        time.sleep(0.3)
        board.lease(0)
        for i in range(40):
            self.assertEqual(board.receive_frame()[14], i)

    def lockstep(self):
        """A board whose frames come with the guest's time, and that waits for the other end."""
        board = Board("ethernet", "-global", "open_eth.lockstep=on")
        self.addCleanup(board.close)
        hello = board.receive_frame()
        self.assertEqual(hello[12:19], b"\x88\xb5hello")
        self.assertEqual(len(hello), 68)
        return board, stamp(hello)

    def expect_standstill(self, board, sent):
        """The guest comes as far as its patience, and no further."""
        deadline = time.monotonic() + 20
        while board.guest_time() < sent + 0.002 and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(0.2)
        self.assertAlmostEqual(board.guest_time(), sent + 0.002, delta=1e-5)

    def test_a_frame_tells_its_time_and_the_guest_waits_for_the_other_end(self):
        board, sent = self.lockstep()
        self.expect_standstill(board, sent)
        board.send_frame(seen(1))
        deadline = time.monotonic() + 20
        while board.guest_time() < sent + 0.1:
            self.assertLess(time.monotonic(), deadline)

    def test_what_the_other_end_answers_comes_at_once_by_the_guests_clock(self):
        board, _ = self.lockstep()
        board.send_frame(seen(1))
        count = 1
        for wait in [0, 0.3]:
            board.send_frame(frame(b"ping" * 15))
            first = stamp(board.receive_frame())
            time.sleep(wait)
            board.send_frame(frame(b"pong" * 15))
            count += 1
            board.send_frame(seen(count))
            second = stamp(board.receive_frame())
            self.assertLess(second - first, 0.01)
            count += 1
            board.send_frame(seen(count))

    def test_a_guest_that_frees_no_buffer_is_not_waited_for(self):
        board, _ = self.lockstep()
        board.send_frame(seen(1))
        board.send_frame(frame(bytes(60), b"\x0b\xad"))
        board.expect("deaf\n")
        for i in range(6):
            board.send_frame(frame(bytes([i]) * 60))
        board.expect("busy\n")
        got, count = [], 1
        try:
            while True:
                got.append(board.receive_frame(timeout=1)[14])
                count += 1
                board.send_frame(seen(count))
        except Timeout:
            pass
        self.assertEqual(got[:4], [0, 1, 2, 3])

    def test_a_reset_forgets_what_the_guest_waited_for(self):
        board, sent = self.lockstep()
        self.expect_standstill(board, sent)
        board.ask("stop")
        board.ask("system_reset")
        board.ask("cont")
        self.assertGreater(stamp(board.receive_frame()), sent)

    def test_more_than_there_are_buffers(self):
        """The guest is told BUSY, keeps what it has buffers for, and goes on."""
        board = self.start()
        board.send_frame(frame(bytes(60), b"\x0b\xad"))
        board.expect("deaf\n")
        for i in range(6):
            board.send_frame(frame(bytes([i]) * 60))
        board.expect("busy\n")
        got = []
        try:
            while True:
                got.append(board.receive_frame(timeout=1)[14])
        except Timeout:
            pass
        self.assertEqual(got[:4], [0, 1, 2, 3])
        board.send_frame(frame(b"\x77" * 60))
        self.assertEqual(board.receive_frame()[14], 0x77)
