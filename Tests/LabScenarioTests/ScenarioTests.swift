// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabEmulator
import LabFirmware
import LabModel
import LabSandbox
import Testing

@testable import LabScenario

/// The emulator, the network process and the record of a run together, with guests that need no SDK.
@Suite struct ScenarioTests {
  /// A run with a flash image of one's own, in a folder that goes away.
  private func withScenario(
    flash: [UInt8], _ body: (Scenario, URL) async throws -> Void
  ) async throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL
    let setup = try LabSetup.load(root: root.path)
    let folder = FileManager.default.temporaryDirectory.appending(path: "lab-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let image = folder.appending(path: "flash.bin")
    try Data(flash + Array(repeating: 0, count: (4 << 20) - flash.count)).write(to: image)
    let scenario = try Scenario(
      Scenario.Configuration(
        forward: [3333], flashImage: image.path, elf: image.path,
        emulator: try #require(setup.qemu.flatMap(EmulatorInstallation.bundled)),
        sandbox: try Sandbox(), runFolder: folder))
    do {
      try await scenario.start()
      try await body(scenario, folder)
    } catch {
      await scenario.stop()
      throw error
    }
    await scenario.stop()
  }

  @Test func noOtherProcessOfTheHostReachesAForwardedPort() async throws {
    try await withScenario(flash: []) { scenario, _ in
      let port = try #require(await scenario.hostPorts[3333])
      let error = await #expect(throws: LabError.self) { try await LoopbackConnection(port: port) }
      #expect(error?.message.contains("Connection refused") == true, "\(String(describing: error))")
      try await scenario.connect(to: 3333).stream.close()
      await #expect(throws: LabError.self) { try await scenario.connect(to: 3334) }
    }
  }

  @Test func aRunThatIsOverHasNoNetwork() async throws {
    var ended: Scenario?
    try await withScenario(flash: []) { scenario, _ in ended = scenario }
    let error = await #expect(throws: LabError.self) { try await ended?.connect(to: 3333) }
    #expect(error?.code == "run.ended")
  }

  @Test func aDeviceThatNeverBootsTakesNoAddress() async throws {
    try await withScenario(flash: []) { scenario, _ in
      let failure = await #expect(throws: StepFailure.self) {
        try await scenario.run([Step(.device(.address), within: .milliseconds(500))])
      }
      #expect(failure?.seen == "it took no address within 500 ms")
      let explained = await scenario.printed(matching: Pattern("direct-boot"))
      #expect(explained)
    }
  }

  @Test func timeInWhichNothingHappensIsPassedOver() async throws {
    try await withScenario(flash: []) { scenario, _ in
      let start = (guest: await scenario.guestTime, host: ContinuousClock.now)
      _ = try await scenario.run([Step(.wait(.seconds(300)))])
      #expect(await scenario.guestTime - start.guest >= 300_000_000_000)
      #expect(ContinuousClock.now - start.host < .seconds(300))
    }
  }

  @Test func aClientOfADeviceThatDoesNotAnswerFails() async throws {
    try await withScenario(flash: []) { scenario, _ in
      let failure = await #expect(throws: StepFailure.self) {
        try await scenario.run([Step(.client("a", .connect(port: 3333)), within: .milliseconds(500))])
      }
      #expect(failure?.facts.ended == .unanswered)
      #expect(failure?.facts.missingPort == 3333)
      let open = try await scenario.listening(among: [3333, 80])
      #expect(open.isEmpty)
    }
  }

  @Test func aRestartByTheLabIsNoMishap() async throws {
    try await withScenario(flash: []) { scenario, _ in
      try await scenario.restart()
      #expect(await scenario.mishaps.isEmpty)
      #expect(await scenario.record.starts == 2)
    }
  }

  /// The id of a process of a run, by its program.
  private func process(_ program: String, of folder: URL) throws -> pid_t {
    let ids = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap(pid_t.init)
    return try #require(
      ids.first { id in
        let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(id)/exe")
        let line = try? String(contentsOfFile: "/proc/\(id)/cmdline", encoding: .utf8)
        return path?.hasSuffix("/\(program)") == true && line?.contains(folder.path) == true
      })
  }

  @Test(arguments: ["lab-network", "qemu-system-riscv32"])
  func guestTimeStandsStillWhileAProcessOfTheRunDoes(program: String) async throws {
    try await withScenario(flash: []) { scenario, folder in
      let wait = Task { try await scenario.run([Step(.wait(.milliseconds(400)))]) }
      let stopped = try process(program, of: folder)
      let emulator = try #require(await scenario.emulator)
      kill(stopped, SIGSTOP)
      // What was under way is over.
      try await Task.sleep(for: .milliseconds(300))
      let before = await scenario.record.guestTime
      try await Task.sleep(for: .seconds(3))
      // As far as its lease may take it, after the one that it had.
      #expect(await scenario.record.guestTime < before + 3 * Attendant.lease)
      #expect(await scenario.record.knownTime < before + 3 * Attendant.lease)
      if program == "lab-network" {
        let first = try await emulator.guestTime()
        try await Task.sleep(for: .milliseconds(300))
        #expect(try await emulator.guestTime() == first)
      }
      kill(stopped, SIGCONT)
      _ = try await wait.value
    }
  }

  @Test func aStepThatFailsSinceTheNetworkWasKilledIsAFailureOfTheLab() async throws {
    try await withScenario(flash: []) { scenario, folder in
      let wait = Task { try await scenario.run([Step(.client("a", .connect(port: 3333)), within: .seconds(30))]) }
      try await Task.sleep(for: .milliseconds(50))
      kill(try process("lab-network", of: folder), SIGKILL)
      let error = await #expect(throws: LabError.self) { try await wait.value }
      #expect(error?.code == "network.ended")
    }
  }

  @Test func theRunFolderIsCompleteAfterwards() async throws {
    var folder: URL?
    try await withScenario(flash: []) { scenario, runFolder in
      await scenario.note("hello from the test")
      _ = try await scenario.run([Step(.wait(.milliseconds(100)))])
      await scenario.stop()
      let transcript = try String(contentsOf: runFolder.appending(path: "transcript.txt"), encoding: .utf8)
      #expect(transcript.contains("lab     power on\n"))
      #expect(transcript.contains("hello from the test\n"))
      let log = try Data(contentsOf: runFolder.appending(path: "uart.log"))
      #expect(!log.isEmpty)
      let capture = try Data(contentsOf: runFolder.appending(path: "capture.pcapng"))
      #expect(capture.prefix(4) == Data([0x0a, 0x0d, 0x0d, 0x0a]))
      folder = runFolder
    }
    #expect(folder != nil)
  }

  @Test func anEmulatorThatEndsIsAFailureOfTheLab() async throws {
    try await withScenario(flash: []) { scenario, _ in
      let emulator = try #require(await scenario.emulator)
      let wait = Task { try await scenario.run([Step(.device(.address), within: .seconds(30))]) }
      _ = try? await emulator.qmp.execute("quit")
      let error = await #expect(throws: LabError.self) { try await wait.value }
      #expect(error?.code == "emulator.ended")
    }
  }
}
