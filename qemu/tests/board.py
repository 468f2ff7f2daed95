# SPDX-License-Identifier: GPL-2.0-or-later
"""A board under test: builds a firmware, starts QEMU as the lab does, talks to it."""

import json
import os
import shutil
import socket
import struct
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
MIB = 1024 * 1024
DEADLINE = float(os.environ.get("DEADLINE", 60))  # seconds, for what should come at once


class Timeout(Exception):
    pass


def build_firmware(name, folder, *defines):
    """The 4 MiB flash image of guest/NAME.c."""
    cross = os.environ.get("CROSS_COMPILE", "riscv64-unknown-elf-")
    guest = os.path.join(HERE, "guest")
    elf = os.path.join(folder, name + ".elf")
    binary = os.path.join(folder, name + ".bin")
    subprocess.run(
        [cross + "gcc", "-march=rv32imc_zicsr_zifencei", "-mabi=ilp32", "-Os",
         "-ffreestanding", "-nostdlib", "-fno-pic", "-fno-tree-loop-distribute-patterns",
         "-fno-delete-null-pointer-checks",
         "-Wall", "-Wextra", "-Werror", "-Wno-array-bounds", "-Wno-return-type",
         *["-D" + d for d in defines],
         "-T", os.path.join(guest, "guest.ld"), os.path.join(guest, "start.S"),
         os.path.join(guest, "guest.c"), os.path.join(guest, name + ".c"),
         "-lgcc", "-o", elf], check=True)
    subprocess.run([cross + "objcopy", "-O", "binary", "-R", ".noinit", elf, binary],
                   check=True)
    with open(binary, "rb") as file:
        return file.read()


def flash_image(path, content, size=4 * MIB):
    """Write CONTENT, filled up with 0xff as erased flash is."""
    with open(path, "wb") as file:
        file.write(content + b"\xff" * (size - len(content)))


class Board:
    """A QEMU with our machine, its console, network and monitor at hand."""

    qemu_dir = None  # where bin/ and share/ are

    def __init__(self, content, *arguments, size=4 * MIB, defines=(), stopped=False,
                 drive=True, nic=""):
        self.folder = tempfile.mkdtemp(prefix="esp32c3-")
        self.sockets = {}
        self.console = b""
        if isinstance(content, str):
            content = build_firmware(content, self.folder, *defines)
        flash = os.path.join(self.folder, "flash.bin")
        flash_image(flash, content, size)
        listeners = {n: self._listen(n) for n in ("uart", "net", "qmp")}
        path = lambda name: os.path.join(self.folder, name)
        command = [
            os.path.join(self.qemu_dir, "bin", "qemu-system-riscv32"),
            "-L", os.path.join(self.qemu_dir, "share"),
            "-M", "esp32c3", "-icount", "3", "-display", "none", "-nodefaults",
            *(["-drive", f"file={flash},if=mtd,format=raw,snapshot=on"] if drive else []),
            "-chardev", f"socket,id=uart0,path={path('uart')}",
            "-serial", "chardev:uart0",
            "-netdev", f"stream,id=lab,server=off,addr.type=unix,addr.path={path('net')}",
            "-net", "nic,model=open_eth,netdev=lab" + nic,
            "-qmp", f"unix:{path('qmp')}", "-S", *arguments,
        ]
        self.errors = open(path("stderr"), "w+")
        self.started = time.monotonic()
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=self.errors)
        try:
            for name, listener in listeners.items():
                self.sockets[name] = self._accept(listener)
        except Timeout:
            self.close()
            raise
        self.qmp = self.sockets["qmp"].makefile("rwb")
        self.events = []
        try:
            self._read_qmp()
            self.ask("qmp_capabilities")
        except Timeout:
            self.close()
            raise
        # Frames sent before QEMU knows that the network is connected are lost.
        while "unix:" not in self.ask("human-monitor-command",
                                      **{"command-line": "info network"}):
            time.sleep(0.001)
        if not stopped:
            self.ask("cont")

    def _listen(self, name):
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(os.path.join(self.folder, name))
        listener.listen(1)
        listener.settimeout(0.05)
        return listener

    def _accept(self, listener):
        while self.process.poll() is None:
            try:
                accepted, _ = listener.accept()
                accepted.settimeout(DEADLINE)
                return accepted
            except socket.timeout:
                if time.monotonic() - self.started > DEADLINE:
                    break
        raise Timeout("QEMU did not connect: " + self.read_errors())

    # Monitor

    def _read_qmp(self):
        try:
            line = self.qmp.readline()
        except ConnectionError:
            line = b""
        if not line:
            self.process.wait()
            raise Timeout("QEMU went away: " + self.read_errors())
        return json.loads(line)

    def ask(self, command, **arguments):
        """A monitor command's answer."""
        request = {"execute": command, "arguments": arguments}
        try:
            self.qmp.write(json.dumps(request).encode() + b"\n")
            self.qmp.flush()
        except ConnectionError:
            pass  # the answer will not come either
        while True:
            reply = self._read_qmp()
            if "event" in reply:
                self.events.append(reply)
            elif "error" in reply:
                raise RuntimeError(reply["error"]["desc"])
            else:
                return reply["return"]

    def guest_time(self):
        """Seconds that have passed for the guest."""
        return self.ask("qom-get", path="/machine", property="guest-time-ns") / 1e9

    def lease(self, nanoseconds):
        self.ask("qom-set", path="/machine", property="lease", value=nanoseconds)

    def lease_left(self):
        return self.ask("qom-get", path="/machine", property="lease")

    def wait_until_held(self):
        """Waits until the guest has come to the end of its lease."""
        deadline = time.monotonic() + DEADLINE
        while self.lease_left():
            if time.monotonic() > deadline:
                raise Timeout("the guest runs on")
            time.sleep(0.001)

    # Console

    def read_console(self, timeout=DEADLINE):
        self.sockets["uart"].settimeout(timeout)
        received = self.sockets["uart"].recv(65536)
        self.console += received
        return received

    def expect(self, text, timeout=DEADLINE):
        """Read the console until TEXT; what came before and with it is taken off."""
        wanted = text.encode()
        deadline = time.monotonic() + timeout
        while wanted not in self.console:
            try:
                if not self.read_console(max(0.01, deadline - time.monotonic())):
                    raise Timeout("console closed: " + self.read_errors())
            except socket.timeout:
                raise Timeout(f"no {text!r} on the console, which said: "
                              + self.console.decode(errors="replace")) from None
        end = self.console.index(wanted) + len(wanted)
        seen, self.console = self.console[:end], self.console[end:]
        return seen.decode(errors="replace")

    def quiet_for(self, seconds):
        """What the console says within that time, left where it is."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                self.read_console(max(0.01, deadline - time.monotonic()))
            except socket.timeout:
                pass
        return self.console.decode(errors="replace")

    def send(self, data):
        self.sockets["uart"].settimeout(DEADLINE)
        self.sockets["uart"].sendall(data)

    # Network

    def send_frame(self, frame):
        self.sockets["net"].sendall(struct.pack(">I", len(frame)) + frame)

    def receive_frame(self, timeout=DEADLINE):
        """The next frame from the guest."""
        self.sockets["net"].settimeout(timeout)
        try:
            length, = struct.unpack(">I", self._exactly(4))
            return self._exactly(length)
        except socket.timeout:
            raise Timeout("no frame from the guest") from None

    def _exactly(self, count):
        data = b""
        while len(data) < count:
            part = self.sockets["net"].recv(count - len(data))
            if not part:
                raise Timeout("network closed")
            data += part
        return data

    # Process

    def cpu_seconds(self):
        """Host CPU time that QEMU has used."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def read_errors(self):
        self.errors.seek(0)
        return self.errors.read()

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for sock in self.sockets.values():
            sock.close()
        self.errors.close()
        shutil.rmtree(self.folder)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
