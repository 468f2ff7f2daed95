// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabEmulator
import LabFirmware
import LabGrading
import LabModel
import LabSandbox
import LabScenario

/// What one start of the board came to.
struct BoardFigures {
  /// Seconds from the emulator's launch to the first byte on the UART.
  var firstByte: Double
  /// Seconds from the emulator's launch to an address.
  var address: Double
  /// The share of one core that emulator and network take while the device idles.
  var idleShare: Double
  /// Bytes of memory of the lab, the emulator and the network process together.
  var memory: Double
  /// Bits a second of a TCP echo, counted once.
  var echoRate: Double
}

/// The measurements of `lab bench`.
struct Bench {
  /// What is measured.
  let tools: RunTools
  private let checkout: Checkout
  private let sandbox: Sandbox

  /// - Parameter sdk: with what the programs are built.
  init(console: Console, sdk: SDKKind) async throws {
    checkout = try Checkout(console)
    sandbox = try Sandbox()
    tools = try await ToolSearch(
      wish: ToolWish(sdk: sdk), checkout: checkout, setup: try LabSetup.record(root: checkout.root.path),
      sandbox: sandbox, environment: console.environment
    ).tools(for: .c)
  }

  /// Edits the command server, builds it, boots it and grades it.
  func editToVerdict(_ number: Int) async throws -> RunResult {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let lab = try checkout.library.lab(named: "3")
    // ESP-IDF is built once for a project, which it knows by its place.
    let project = URL(filePath: FirmwareBuilder.defaultCache + "/tests/bench", directoryHint: .isDirectory)
    try? FileManager.default.removeItem(at: project)
    try FileManager.default.createDirectory(
      at: project.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: checkout.root.appending(path: "firmware/\(lab.firmware)"), to: project)
    let source = project.appending(path: "main/main.c")
    let edited = try String(contentsOf: source, encoding: .utf8) + "\n/* edit \(number) at \(MonotonicClock.now) */\n"
    try edited.write(to: source, atomically: true, encoding: .utf8)

    let began = ContinuousClock.now
    let runFolder = try RunFolder(at: folder.appending(path: "run"), shown: "run")
    let (outcome, image) = try await SubmissionBuild(path: project.path, runFolder: runFolder)
      .run(with: tools.builder)
    guard let image else {
      throw LabError(code: "bench.build", message: outcome.reason ?? "the reference does not build")
    }
    let configuration = Scenario.Configuration(
      forward: lab.forward, flashImage: image.flash, elf: image.elf, emulator: tools.emulator, sandbox: sandbox,
      runFolder: runFolder.url)
    return try await LabRun(
      lab: lab, submission: project.path, sdk: tools.sdk, build: outcome, configuration: configuration,
      runFolder: runFolder.url.path,
      progress: { _ in }
    ).run(began: began)
  }

  /// Boots the echo server and measures it.
  func board() async throws -> BoardFigures {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let runFolder = try RunFolder(at: folder.appending(path: "run"), shown: "run")
    let (outcome, image) = try await SubmissionBuild(
      path: checkout.root.appending(path: "firmware/echo-server").path, runFolder: runFolder
    ).run(with: tools.builder)
    guard let image else {
      throw LabError(code: "bench.build", message: outcome.reason ?? "the echo server does not build")
    }
    let scenario = try Scenario(
      Scenario.Configuration(
        forward: [3333], flashImage: image.flash, elf: image.elf, emulator: tools.emulator, sandbox: sandbox,
        runFolder: runFolder.url))
    do {
      let figures = try await measure(scenario)
      await scenario.stop()
      return figures
    } catch {
      await scenario.stop()
      throw error
    }
  }

  private func measure(_ scenario: Scenario) async throws -> BoardFigures {
    try await scenario.start()
    _ = try await scenario.run([
      Step(.device(.address), within: .seconds(10)), Step(.device(.listens(port: 3333)), within: .seconds(10)),
    ])
    let times = await scenario.startTimes
    guard let firstByte = times.firstByte, let address = times.address else {
      throw LabError(code: "bench.start", message: "the board's start was not seen")
    }
    let before = ProcessUsage.ofDescendants()
    let began = ContinuousClock.now
    // The host's time: a step's would be passed over, and that takes processor time.
    try await Task.sleep(for: .seconds(2))
    let after = ProcessUsage.ofDescendants()
    let idleShare = (after.processorSeconds - before.processorSeconds) / ((ContinuousClock.now - began) / .seconds(1))
    return BoardFigures(
      firstByte: firstByte, address: address, idleShare: idleShare,
      memory: Double(after.memory + ProcessUsage.ofThisProcess().memory),
      echoRate: try await EchoMeasurement.bitsPerSecond(await scenario.connect(to: 3333).stream))
  }

  private func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lab-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}
