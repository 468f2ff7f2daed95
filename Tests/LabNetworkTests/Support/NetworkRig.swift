// SPDX-License-Identifier: Apache-2.0

import Foundation

@testable import LabNetwork

/// The network process, with the test in the place of the lab.
final class NetworkRig {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  let folder: String
  let process = Process()
  private(set) var reports: [NetworkReport] = []
  private var unseen = 0
  private(set) var control: TestSocket?
  private var decoder = ControlLineDecoder<NetworkReport>()

  /// The executable is built beside the tests.
  static var executable: URL {
    Bundle.main.executableURL!.resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "lab-network")
  }

  var capture: String { folder + "/capture.pcapng" }
  var guestSocket: String { folder + "/net.sock" }

  init(arguments: [String] = []) throws {
    folder = "/tmp/lab-network-" + UUID().uuidString.prefix(8)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let listener = try TestSocket.unixListener(at: folder + "/control.sock")
    process.executableURL = Self.executable
    process.arguments =
      ["--qemu-socket", guestSocket, "--control", folder + "/control.sock", "--capture", capture] + arguments
    try process.run()
    control = try listener.accept()
    try wait("ready") { $0 == .ready ? true : nil }
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    try? FileManager.default.removeItem(atPath: folder)
  }

  func send(_ command: NetworkCommand) throws {
    try control?.write(ControlLineEncoder().encode(command))
  }

  /// Waits for the first event, after those that were waited for before, that the closure takes.
  @discardableResult
  func wait<Value>(_ what: String, _ take: (NetworkEvent) -> Value?) throws -> Value {
    try waitForReport(what) { take($0.event) }
  }

  /// As `wait`, with the report's time.
  func waitForReport<Value>(_ what: String, _ take: (NetworkReport) -> Value?) throws -> Value {
    while true {
      while unseen < reports.count {
        unseen += 1
        if let value = take(reports[unseen - 1]) { return value }
      }
      guard let control else { throw Failure(description: "no control connection; waited for \(what)") }
      let bytes: [UInt8]
      do {
        bytes = try control.read()
      } catch {
        throw Failure(description: "waited for \(what): \(error); seen: \(reports.suffix(5))")
      }
      guard !bytes.isEmpty else { throw Failure(description: "waited for \(what); the process ended it") }
      reports += try decoder.append(bytes)
    }
  }

  /// Reads the reports that have come, so that the process need not wait for the lab.
  func catchUp() throws {
    while let control, try control.isReadable(within: 0) {
      let bytes = try control.read()
      guard !bytes.isEmpty else { return }
      reports += try decoder.append(bytes)
    }
  }

  func waitForSegment(_ what: String, _ matches: (TCPSegment) -> Bool) throws -> TCPSegment {
    try wait(what) { event in
      guard case .segment(let segment) = event, matches(segment) else { return nil }
      return segment
    }
  }

  func statistics() throws -> NetworkStatistics {
    try send(.statistics)
    return try wait("statistics") { event in
      guard case .statistics(let statistics) = event else { return nil }
      return statistics
    }
  }

  /// Waits until everything that came before has been dealt with.
  @discardableResult
  func synchronize() throws -> (inFlight: Int, unacknowledged: Int) {
    let expected = UInt64.random(in: 0...UInt64.max)
    try send(.synchronize(token: expected))
    return try wait("synchronized") { event in
      guard case .synchronized(expected, let inFlight, let unacknowledged) = event else { return nil }
      return (inFlight, unacknowledged)
    }
  }

  func forward(_ guestPort: UInt16) throws -> UInt16 {
    try send(.forward(guestPort: guestPort))
    return try wait("forwarded") { event in
      guard case .forwarded(guestPort, let hostPort) = event else { return nil }
      return hostPort
    }
  }

  /// Has the process end in good order and reads what it still has to say.
  func stop() throws -> Int32 {
    try send(.stop)
    try drain()
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Closes the control connection, as the kernel does when the lab dies.
  func abandon() { control = nil }

  private func drain() throws {
    while let bytes = try control?.read(), !bytes.isEmpty { reports += try decoder.append(bytes) }
  }
}
