// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabEmulator

/// Collects what UART0 prints and writes `uart.log` at the end.
actor UARTRecorder {
  private var log = UARTLog()
  private var isWritten = false

  /// Takes up what arrived.
  /// - Returns: the lines that it completes.
  func append(_ chunk: TimedBytes) -> [UARTLog.Line] {
    log.append(chunk)
  }

  /// Ends the log.
  /// - Returns: the last line, if it lacks its end.
  func finish() -> UARTLog.Line? {
    log.finish()
  }

  /// Writes the log, once, whole or not at all.
  func write(to file: URL) {
    guard !isWritten else { return }
    isWritten = true
    try? Data(log.bytes).write(to: file, options: .atomic)
  }
}
