# SPDX-License-Identifier: GPL-2.0-or-later
"""The board as a whole: ROM, command line, registers, processor, timers, resets."""

import os
import subprocess
import unittest

from board import MIB, Board, Timeout

MAGIC = bytes.fromhex("1d04dbae") * 2


class Firmware(unittest.TestCase):
    """Firmwares that check themselves."""

    def run_firmware(self, name, *arguments):
        with Board(name, *arguments) as board:
            seen = board.expect("\ndone\n")
        self.assertNotIn("FAILED", seen)
        self.assertNotIn("trap with no handler", seen)
        return seen

    def assert_checks(self, seen, count):
        """So many checks were made: a firmware that skips its work fails."""
        self.assertEqual(seen.count("\nok "), count, seen)

    def test_cpu_and_memory(self):
        self.assert_checks(self.run_firmware("cpu"), 32)

    def test_interrupts(self):
        self.assert_checks(self.run_firmware("interrupts"), 32)

    def test_timers(self):
        self.assert_checks(self.run_firmware("timers"), 31)

    def test_watchdogs(self):
        self.assert_checks(self.run_firmware("watchdog"), 14)

    def test_registers(self):
        seen = self.run_firmware("registers")
        self.assert_checks(seen, 23)
        self.assertIn("mac 0x000052540x00123456", seen)

    def test_mac_address_of_the_network_card(self):
        with Board("registers", nic=",macaddr=02:11:22:33:44:55") as board:
            self.assertIn("mac 0x000002110x22334455", board.expect("\ndone\n"))

    def test_unmodelled_devices_are_named_once(self):
        with Board("registers", "-d", "unimp", "-D", "/dev/stderr") as board:
            board.expect("\ndone\n")
            errors = board.read_errors()
        self.assertEqual(errors.count("GPIO"), 1, errors)
        self.assertEqual(errors.count("IO_MUX"), 1, errors)

    def test_resets(self):
        with Board("resets") as board:
            seen = board.expect("\ndone\n")
            self.assertNotIn("FAILED", seen)
            self.assert_checks(seen, 41)
            for line in ("rst:0x1 (POWERON)", "rst:0x3 (RTC_SW_SYS_RST)",
                         "rst:0x7 (TG0WDT_SYS_RST)", "rst:0x8 (TG1WDT_SYS_RST)",
                         "rst:0x9 (RTCWDT_SYS_RST)", "rst:0xb (TG0WDT_CPU_RST)",
                         "rst:0xc (RTC_SW_CPU_RST)", "rst:0xd (RTCWDT_CPU_RST)",
                         "rst:0x10 (RTCWDT_RTC_RST)", "rst:0x11 (TG1WDT_CPU_RST)"):
                self.assertEqual(seen.count(line), 1, line)
            # The reset button: power-on, and nothing is kept.
            board.ask("system_reset")
            again = board.expect("\ndone\n")
            self.assertNotIn("FAILED", again)
            self.assertIn("rst:0x1 (POWERON)", again)
            board.ask("query-status")
            resets = [e["data"]["reason"] for e in board.events if e["event"] == "RESET"]
            self.assertEqual(resets.count("host-qmp-system-reset"), 1)
            self.assertEqual(resets.count("guest-reset"), 18)


class Hostile(unittest.TestCase):
    """A guest that reads and writes anything anywhere does not bring QEMU down."""

    def test_random_accesses(self):
        for seed in range(4):
            with self.subTest(seed=seed), Board("fuzz", "-seed", str(seed)) as board:
                board.expect("fuzz\n")
                for _ in range(8):
                    board.quiet_for(0.25)
                    board.console = b""
                    board.send(b"anything")
                    board.send_frame(bytes(range(100)))
                    self.assertEqual(board.ask("query-status")["status"], "running")
                with open(f"/proc/{board.process.pid}/status") as file:
                    resident = int(file.read().split("VmRSS:")[1].split()[0])
                self.assertLess(resident, 200_000)


class Rom(unittest.TestCase):
    def test_refuses_an_idf_image(self):
        with Board(b"\xe9\x03\x02\x20" + bytes(64)) as board:
            seen = board.expect("halted")
        self.assertIn("ESP-IDF image", seen)
        self.assertIn("Espressif's QEMU", seen)

    def test_refuses_empty_flash(self):
        with Board(b"") as board:
            self.assertIn("no direct-boot image in flash", board.expect("halted"))

    def test_wants_the_magic_word_twice(self):
        with Board(MAGIC[:4] + b"\0\0\0\0") as board:
            self.assertIn("no direct-boot image in flash", board.expect("halted"))

    def test_reports_a_trap_without_a_handler(self):
        with Board(MAGIC + b"\0\0\0\0") as board:
            seen = board.expect("halted")
        self.assertIn("mcause 0x2 mepc 0x42000008", seen)

    def test_halts_quietly(self):
        with Board(b"") as board:
            board.expect("halted")
            before = board.cpu_seconds()
            board.quiet_for(1)
            self.assertLess(board.cpu_seconds() - before, 0.3)


class CommandLine(unittest.TestCase):
    def refused(self, *arguments, **options):
        with self.assertRaises(Timeout) as caught:
            Board(MAGIC, *arguments, **options)
        return str(caught.exception)

    def test_flash_sizes(self):
        for size in (2 * MIB, 4 * MIB, 8 * MIB, 16 * MIB):
            with Board(MAGIC + b"\0\0\0\0", size=size) as board:
                board.expect("halted")
        for size in (1 * MIB, 3 * MIB, 4 * MIB + 1, 32 * MIB):
            self.assertIn("exactly 2, 4, 8 or 16 MiB", self.refused(size=size))

    def test_no_flash(self):
        self.assertIn("no flash image", self.refused(drive=False))

    def test_no_rom(self):
        self.assertIn("cannot load the ROM", self.refused("-bios", "/nonexistent"))

    def test_finds_its_rom_by_itself(self):
        binary = os.path.join(Board.qemu_dir, "bin", "qemu-system-riscv32")
        help_text = subprocess.run([binary, "-L", "help"], check=True, capture_output=True,
                                   text=True).stdout
        self.assertTrue(any(os.path.exists(os.path.join(line, "esp32c3-rom.bin"))
                            for line in help_text.splitlines()), help_text)
