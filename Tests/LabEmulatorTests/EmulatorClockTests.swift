// SPDX-License-Identifier: Apache-2.0
import CEmulatorClock
import Foundation
import LabModel
import LabSandbox
import Testing

@testable import LabEmulator

@Suite struct EmulatorClockTests {
  private let folder = try! PrivateDirectory()
  private var path: String { folder.path + "/clock" }

  @Test func aNewClockIsTheComputersAndNobodys() throws {
    let clock = try EmulatorClock(path: path)
    #expect(clock.reading(at: 1_000_000_000) == 1_000_000_000)
    #expect(!clock.isAttached && !clock.isSkipping)
  }

  @Test func whatTheEmulatorWritesIsRead() throws {
    let clock = try EmulatorClock(path: path)
    let day: Int64 = 86_400_000_000_000
    try overwrite(shared_clock(offset: day, limit: 0, lease: 0, skips: 1, quiet: 0, attached: 1))
    #expect(clock.isAttached && clock.isSkipping)
    #expect(clock.reading(at: 1) == UInt64(day) + 1)
    clock.stopSkipping()
    #expect(!clock.isSkipping)
  }

  /// The emulator runs hostile programs.
  @Test func aBrokenFileDoesNoHarm() throws {
    let clock = try EmulatorClock(path: path)
    try overwrite(shared_clock(offset: .min, limit: .max, lease: .min, skips: 255, quiet: 255, attached: 255))
    _ = clock.reading(at: MonotonicClock.now)
    try overwrite(shared_clock(offset: .max, limit: .min, lease: .max, skips: 255, quiet: 255, attached: 255))
    _ = clock.reading(at: MonotonicClock.now)
    #expect(truncate(path, 0) == 0)
    #expect(!clock.isAttached && !clock.isSkipping)
    #expect(clock.reading(at: 1) == 1)
  }

  @Test func thePlaceHasToBeWritable() {
    #expect { try EmulatorClock(path: "/proc/clock") } throws: { ($0 as? LabError)?.code == "run.folder" }
  }

  /// Takes the place of an emulator: a program of which the library thinks that it is one.
  private func emulator(_ program: String, named name: String = "qemu-system-test") async throws -> [String] {
    let executable = "\(folder.path)/\(name)"
    try FileManager.default.createSymbolicLink(atPath: executable, withDestinationPath: "/usr/bin/python3")
    var command = SandboxedCommand(executable, ["-c", Self.prelude + program])
    command.preload = try HelperExecutable.path(named: "emulator-clock")
    command.environment[EmulatorClock.variable] = path
    let result = try await Sandbox(isolation: .none).run(command, timeout: .seconds(600))
    try #require(result.isSuccess, "\(String(decoding: result.errors, as: UTF8.self))")
    return String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// `clock()` is the clock that an emulator goes by, `host()` one of the computer's that is left alone; `wait()` waits as its main loop does.
  private static let prelude = """
    import ctypes, os, signal, socket, threading, time
    libc = ctypes.CDLL(None)
    class Time(ctypes.Structure):
        _fields_ = [("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long)]
    def read(which):
        result = Time()
        assert libc.clock_gettime(which, ctypes.byref(result)) == 0
        return result.seconds + result.nanoseconds / 1e9
    def clock(): return read(time.CLOCK_MONOTONIC)
    def host(): return read(time.CLOCK_MONOTONIC_RAW)
    def wait(seconds):
        timeout = Time(int(seconds), int(seconds % 1 * 1e9))
        return libc.ppoll(None, ctypes.c_ulong(0), ctypes.byref(timeout), None)

    """

  private static let measuredWait = """
    start = clock(), host()
    wait(100)
    print("skipped" if clock() - start[0] > 99 and host() - start[1] < 90 else "waited")

    """

  @Test func anAllowedWaitIsSkipped() async throws {
    let clock = try EmulatorClock(path: path)
    clock.expectQuiet()
    clock.startSkipping(limit: 3_600_000_000_000)
    #expect(try await emulator(Self.measuredWait + Self.measuredWait) == ["skipped", "skipped"])
    #expect(clock.isAttached && clock.isSkipping)
    #expect(clock.reading(at: 0) > 190_000_000_000)
  }

  @Test func noMoreIsSkippedThanTheLimit() async throws {
    let clock = try EmulatorClock(path: path)
    clock.expectQuiet()
    clock.startSkipping(limit: 99_900_000_000)
    #expect(try await emulator(Self.measuredWait) == ["skipped"])
    #expect(!clock.isSkipping)
    #expect(clock.reading(at: 0) <= 99_900_000_000)
  }

  @Test(arguments: [("sendmsg", true), ("recvmsg", true), ("monitor", false)])
  func aGuestThatSendsOrReceivesIsNotQuiet(_ what: String, _ ends: Bool) async throws {
    let clock = try EmulatorClock(path: path)
    clock.expectQuiet()
    clock.startSkipping(limit: 3_600_000_000_000)
    let socket = "\(folder.path)/\(what == "monitor" ? "qmp.sock" : "uart.sock")"
    let program = """
      listener = socket.socket(socket.AF_UNIX); listener.bind("\(socket)"); listener.listen()
      device = socket.socket(socket.AF_UNIX); device.connect("\(socket)")
      other, _ = listener.accept()
      if "\(what)" == "recvmsg":
          os.write(other.fileno(), b"x")
          device.recvmsg(1)
      else:
          device.sendmsg([b"x"])
      wait(0.01)
      """
    _ = try await emulator(program)
    #expect(clock.isSkipping == !ends)
  }

  @Test func aStallIsNotTold() async throws {
    _ = try EmulatorClock(path: path)
    // Somebody else holds it back for much longer than it waits.
    let program = """
      child = os.fork()
      if child == 0:
          parent = os.getppid()
          while open(f"/proc/{parent}/stat").read().rsplit(")", 1)[1].split()[0] != "S": time.sleep(0.001)
          os.kill(parent, signal.SIGSTOP)
          time.sleep(1.5)
          os.kill(parent, signal.SIGCONT)
          os._exit(0)
      start, left_alone = clock(), host()
      while os.waitpid(child, os.WNOHANG) == (0, 0): wait(0.5)
      print("left out" if host() - left_alone - (clock() - start) > 0.9 else "told")
      """
    #expect(try await emulator(program) == ["left out"])
  }

  @Test func aStallBetweenWaitsIsNotToldEither() async throws {
    _ = try EmulatorClock(path: path)
    let program = """
      wait(0.01)
      start = clock()
      time.sleep(1)
      wait(0.01)
      print("left out" if clock() - start < 0.9 else "told")
      """
    #expect(try await emulator(program) == ["left out"])
  }

  @Test func theClockGoesNoFurtherThanItsLease() async throws {
    let clock = try EmulatorClock(path: path)
    let start = MonotonicClock.now
    clock.grant(50_000_000, at: start)
    let program = """
      start = clock(), host()
      while host() - start[1] < 0.5: wait(0.0001)
      print("stands" if clock() - start[0] <= 0.05 else "runs", clock())
      """
    let words = try await emulator(program)[0].split(separator: " ")
    #expect(words.first == "stands")
    #expect(clock.reading(at: MonotonicClock.now) == start + 50_000_000)
    // It goes on from where it stood, and not from where the computer's clock is.
    clock.grant(50_000_000, at: MonotonicClock.now)
    #expect(clock.reading(at: MonotonicClock.now + 1_000_000_000) == start + 100_000_000)
  }

  @Test func aClockThatStandsCostsNoProcessor() async throws {
    let clock = try EmulatorClock(path: path)
    clock.grant(1, at: MonotonicClock.now)
    let program = """
      start = clock(), time.process_time()
      for _ in range(300): wait(0.00001)
      print(clock() - start[0] < 0.001, time.process_time() - start[1] < 0.2)
      """
    #expect(try await emulator(program) == ["True True"])
  }

  @Test func whatIsSkippedComesOnTopOfTheLease() async throws {
    let clock = try EmulatorClock(path: path)
    clock.grant(50_000_000, at: MonotonicClock.now)
    clock.expectQuiet()
    clock.startSkipping(limit: 100_000_000_000)
    let program = """
      start = clock()
      wait(0.3)
      print("stands" if clock() - start < 0.1 else "runs")
      """
    #expect(try await emulator(Self.measuredWait + program) == ["skipped", "stands"])
  }

  @Test func otherProgramsAreLeftAlone() async throws {
    let clock = try EmulatorClock(path: path)
    clock.expectQuiet()
    clock.startSkipping(limit: 3_600_000_000_000)
    #expect(
      try await emulator("start = clock(); wait(0.01); print(clock() - start < 90)", named: "program") == ["True"])
    #expect(!clock.isAttached)
  }

  private func overwrite(_ contents: shared_clock) throws {
    let file = try #require(FileHandle(forUpdatingAtPath: path))
    try withUnsafeBytes(of: contents) { try file.write(contentsOf: Data($0)) }
    try file.close()
  }
}
