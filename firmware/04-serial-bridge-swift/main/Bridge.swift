// SPDX-License-Identifier: Apache-2.0
import ESP32

/// The connection that both tasks share. One of them opens and closes it, the other sends: never both at once, since the number
/// of a socket that is closed may be another socket's a moment later.
final class Bridge: Sendable {
  private let mutex = Mutex()
  private nonisolated(unsafe) var server: Socket?
  private nonisolated(unsafe) let isOpen = xEventGroupCreate()

  /// Takes a connection that has just been made.
  func open(_ server: Socket) {
    mutex.withLock { self.server = server }
    xEventGroupSetBits(isOpen, 1)
  }

  /// Gives the connection back.
  func close() {
    xEventGroupClearBits(isOpen, 1)
    // A send() that waits for the server to read again has to end first.
    if let server { shutdown(server.descriptor, SHUT_RDWR) }
    mutex.withLock {
      server?.close()
      server = nil
    }
  }

  /// Waits for a connection.
  func waitUntilOpen() {
    xEventGroupWaitBits(isOpen, 1, 0, 0, TickType_t.max)
  }

  /// Sends, waiting until the server has room. That the connection is over is for the other task to find out.
  func send(_ bytes: [UInt8]) {
    mutex.withLock { try? server?.send(bytes) }
  }
}

/// The serial monitor.
let console = UART_NUM_0

/// Gives the UART a driver, with room for what is typed while the server is slow.
func openConsole() {
  ESP_ERROR_CHECK(uart_driver_install(console, 1024, 0, 0, nil, 0))
}

/// Waits for what is typed. Enter is `\r` on some terminals, and `\n` for the server.
func readConsole() -> [UInt8] {
  var first: UInt8 = 0
  guard uart_read_bytes(console, &first, 1, TickType_t.max) == 1 else { return [] }
  var waiting = 0
  uart_get_buffered_data_len(console, &waiting)
  let typed = [UInt8](unsafeUninitializedCapacity: 1 + waiting) { buffer, count in
    buffer[0] = first
    count = 1 + max(0, Int(uart_read_bytes(console, buffer.baseAddress! + 1, UInt32(waiting), 0)))
  }
  return typed.map { $0 == UInt8(ascii: "\r") ? UInt8(ascii: "\n") : $0 }
}
