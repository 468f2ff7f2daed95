// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox
import Testing

@testable import LabEmulator

/// Boots real guests.
@Suite(.enabled(if: !TestEmulators.all.isEmpty, "needs ./setup"), .timeLimit(.minutes(120)))
struct EmulatorTests {
  private func launch(
    _ guest: TestGuest, on installation: EmulatorInstallation, run: TestRun, isolation: Sandbox.Isolation = .bubblewrap
  ) async throws -> Emulator {
    try await Emulator.launch(
      EmulatorArguments(
        installation: installation, flashImage: try await guest.flashImage(), sockets: run.sockets),
      sandbox: Sandbox(isolation: isolation))
  }

  /// Reads UART0 until it has printed a text.
  private func read(_ emulator: Emulator, until text: String) async throws -> String {
    var seen = ""
    for await chunk in emulator.uart {
      seen += String(decoding: chunk.bytes, as: UTF8.self)
      if seen.contains(text) { return seen }
    }
    throw LabError(code: "test", message: "UART ended after: \(seen)")
  }

  @Test(arguments: TestEmulators.all, [Sandbox.Isolation.bubblewrap, .none])
  func bootsAndEchoes(installation: EmulatorInstallation, isolation: Sandbox.Isolation) async throws {
    let run = try TestRun()
    let emulator = try await launch(.echo, on: installation, run: run, isolation: isolation)
    _ = try await read(emulator, until: "ready\n")
    try await emulator.sendUART(Array("hello\n".utf8))
    #expect(try await read(emulator, until: "hello\n").hasSuffix("hello\n"))
    #expect(await emulator.stop() == .stopped)
    #expect(await emulator.uart.next() == nil)
  }

  @Test func theBundledOneFiltersItsSystemCalls() async throws {
    let installation = try #require(TestEmulators.all.first { $0.kind == .bundled })
    let run = try TestRun()
    let emulator = try await launch(.echo, on: installation, run: run)
    _ = try await read(emulator, until: "ready\n")
    // Among the processes of the sandbox only QEMU itself is called by that file.
    let processes = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int($0) != nil }
    let filters = processes.compactMap { id -> Substring? in
      guard let line = try? String(contentsOfFile: "/proc/\(id)/cmdline", encoding: .utf8),
        line.hasPrefix(installation.executable), line.contains(run.sockets.directory),
        let status = try? String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)
      else { return nil }
      return status.split(separator: "\n").first { $0.hasPrefix("Seccomp:") }
    }
    #expect(filters == ["Seccomp:\t2"])
    await emulator.stop()
  }

  @Test(arguments: TestEmulators.all) func resetStartsTheGuestAnew(installation: EmulatorInstallation) async throws {
    let run = try TestRun()
    let emulator = try await launch(.echo, on: installation, run: run)
    _ = try await read(emulator, until: "ready\n")
    try await emulator.reset()
    _ = try await read(emulator, until: "ready\n")
    var events = emulator.qmp.events.makeAsyncIterator()
    var names: Set<String> = []
    while !names.contains("RESET"), let event = await events.next() { names.insert(event.name) }
    #expect(names.contains("RESET"))
    await emulator.stop()
  }

  @Test(arguments: TestEmulators.all) func tellsTheGuestsTime(installation: EmulatorInstallation) async throws {
    let run = try TestRun()
    let emulator = try await launch(.echo, on: installation, run: run)
    _ = try await read(emulator, until: "ready\n")
    let first = try #require(try await emulator.guestTime())
    try await eventually { try await emulator.guestTime() ?? 0 > first }
    try await emulator.pause()
    let still = try #require(try await emulator.guestTime())
    try await Task.sleep(for: .milliseconds(20))
    #expect(try await emulator.guestTime() == still)
    try await emulator.resume()
    try await eventually { try await emulator.guestTime() ?? 0 > still }
    await emulator.stop()
  }

  @Test(arguments: TestEmulators.all) func aFloodNeedsNoMemory(installation: EmulatorInstallation) async throws {
    let run = try TestRun()
    let emulator = try await launch(.flood, on: installation, run: run)
    // Nobody reads: the guest has to wait, and what was read ahead is all there is.
    var last = -1
    try await eventually {
      try await Task.sleep(for: .milliseconds(200))
      let now = emulator.uart.held
      defer { last = now }
      return now > 0 && now == last
    }
    #expect(emulator.uart.held <= 300 << 10)
    // Once somebody reads, the guest goes on.
    let enough = 600 << 10
    var count = 0
    for await chunk in emulator.uart {
      count += chunk.bytes.count
      if count > enough { break }
    }
    #expect(count > enough)
    #expect(await emulator.stop() == .stopped)
  }

  @Test(arguments: TestEmulators.all) func aGuestThatDoesNotListenHoldsNobodyUp(installation: EmulatorInstallation)
    async throws
  {
    let run = try TestRun()
    let emulator = try await launch(.deaf, on: installation, run: run)
    _ = try await read(emulator, until: "ready\n")
    let sending = Task { try await emulator.sendUART([UInt8](repeating: 0x61, count: 8 << 20)) }
    try await Task.sleep(for: .milliseconds(100))
    sending.cancel()
    await #expect(throws: (any Error).self) { try await sending.value }
    #expect(await emulator.stop() == .stopped)
  }

  @Test(arguments: TestEmulators.all) func saysWhenItIsKilled(installation: EmulatorInstallation) async throws {
    let run = try TestRun()
    let emulator = try await launch(.echo, on: installation, run: run)
    let pids = try ProcessList.pids(commandLine: run.directory.path).filter { pid in
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/exe"))?.contains("qemu") ?? false
    }
    try #require(pids.count == 1)
    kill(pids[0], SIGKILL)
    guard case .killed(SIGKILL, _) = await emulator.exit else {
      Issue.record("ended as \(await emulator.exit)")
      return
    }
    await #expect(throws: LabError.self) { try await emulator.reset() }
  }

  @Test func anEmulatorThatDoesNotReactIsEnded() async throws {
    let installation = try #require(TestEmulators.all.first)
    let run = try TestRun()
    let emulator = try await launch(.echo, on: installation, run: run)
    for pid in try ProcessList.pids(commandLine: run.directory.path) { kill(pid, SIGSTOP) }
    // The guard is stopped with the rest: let it go on, as nobody stops it in earnest.
    kill(emulator.processIdentifier, SIGCONT)
    #expect(await emulator.stop() == .stopped)
    #expect(try ProcessList.pids(commandLine: run.directory.path).isEmpty)
  }

  @Test func launchingCanBeCalledOff() async throws {
    let installation = try #require(TestEmulators.all.first)
    let run = try TestRun()
    let flash = try await TestGuest.echo.flashImage()
    let arguments = EmulatorArguments(installation: installation, flashImage: flash, sockets: run.sockets)
    let launching = Task { try await Emulator.launch(arguments, sandbox: Sandbox()) }
    launching.cancel()
    await #expect(throws: (any Error).self) { try await launching.value }
    try await eventually { try ProcessList.pids(commandLine: run.directory.path).isEmpty }
  }

  @Test func saysWhyItDidNotStart() async throws {
    let installation = try #require(TestEmulators.all.first)
    let run = try TestRun()
    let arguments = EmulatorArguments(
      installation: installation, flashImage: "/nowhere/flash.bin", sockets: run.sockets)
    let error = await #expect(throws: LabError.self) {
      _ = try await Emulator.launch(arguments, sandbox: Sandbox(isolation: .none))
    }
    #expect(error?.code == "emulator.start")
    #expect(error?.message.contains("/nowhere/flash.bin") ?? false)
  }

  @Test func nothingIsLeftWhenItGoesAway() async throws {
    let installation = try #require(TestEmulators.all.first)
    let run = try TestRun()
    var emulator: Emulator? = try await launch(.echo, on: installation, run: run)
    #expect(try !ProcessList.pids(commandLine: run.directory.path).isEmpty)
    #expect(emulator != nil)
    emulator = nil
    try await eventually { try ProcessList.pids(commandLine: run.directory.path).isEmpty }
  }
}

enum ProcessList {
  /// The processes whose command line contains a text.
  static func pids(commandLine text: String) throws -> [Int32] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int32($0) }.filter { pid in
      guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") else { return false }
      return String(decoding: data, as: UTF8.self).contains(text)
    }
  }
}
