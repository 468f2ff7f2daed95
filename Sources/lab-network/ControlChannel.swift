// SPDX-License-Identifier: Apache-2.0

import Glibc
import LabNetwork

/// The connection to the lab: commands in, reports out.
final class ControlChannel {
  /// What reading brought.
  enum Reading {
    case commands([NetworkCommand])
    case ended
    case malformed(String)
  }

  /// From how many unsent bytes on the device has to wait, so that no report is lost and memory stays bounded.
  static let highWater = 1 << 20

  let input: Int32
  let output: Int32
  private let encoder = ControlLineEncoder()
  private var decoder = ControlLineDecoder<NetworkCommand>()
  private var buffer = [UInt8](repeating: 0, count: 16 << 10)
  private var unsent: [UInt8] = []
  private var sent = 0

  /// - Parameter path: the unix socket on which the lab listens; nil for the standard streams.
  init(_ path: String?) throws {
    guard let path else {
      input = STDIN_FILENO
      output = STDOUT_FILENO
      return
    }
    input = try Sockets.connect(to: path)
    output = input
  }

  var backlog: Int { unsent.count - sent }

  /// Reads what the lab has sent. The descriptor must be ready.
  func read() -> Reading {
    let count = Glibc.read(input, &buffer, buffer.count)
    if count < 0, errno == EAGAIN || errno == EINTR { return .commands([]) }
    guard count > 0 else { return .ended }
    do {
      return .commands(try decoder.append(buffer[..<count]))
    } catch {
      return .malformed("\(error)")
    }
  }

  /// Adds a report; `flush` sends it.
  func report(_ report: NetworkReport) {
    do {
      unsent += try encoder.encode(report)
    } catch {
      preconditionFailure("a report cannot be encoded: \(error)")
    }
  }

  /// Sends as much as the lab takes.
  /// - Returns: false when the lab is gone.
  func flush() -> Bool {
    while sent < unsent.count {
      let count = unsent.withUnsafeBytes { bytes in
        write(output, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
      }
      if count < 0 {
        if errno == EINTR { continue }
        return errno == EAGAIN
      }
      sent += count
    }
    unsent.removeAll(keepingCapacity: true)
    sent = 0
    return true
  }

  /// Waits until all is sent, but not for long: the lab may be gone.
  func drain() {
    var rounds = 0
    while flush(), backlog > 0, rounds < 10 {
      var entry = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
      poll(&entry, 1, 100)
      rounds += 1
    }
  }
}
