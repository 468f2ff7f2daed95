// SPDX-License-Identifier: Apache-2.0
// Submission: one task that waits for a line, then for the server, and so on.
// verdict: fail
// fails: typed-line, lines-in-order, printed, printed-at-once, server-closes, server-resets
// skips: typed-slowly, both-ways, slow-reader, conversations
// hint: typed-line: One direction was not served
// hint: printed: One direction was not served

import ESP32

let console = UART_NUM_0

func bridge(_ server: Socket) {
  while true {
    var line: [UInt8] = []
    while line.last != UInt8(ascii: "\n") {
      var byte: UInt8 = 0
      uart_read_bytes(console, &byte, 1, TickType_t.max)
      line.append(byte)
    }
    do throws(SocketError) {
      try server.send(line)
      let received = try server.receive()
      if received.isEmpty { break }
      uart_write_bytes(console, received, received.count)
    } catch {
      print("\(error)")
      break
    }
  }
  print("the server has gone")
  server.close()
}
@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return print("no network") }
  uart_driver_install(console, 1024, 0, 0, nil, 0)
  guard let server = try? Socket(connectedTo: SocketAddress(IPv4Address(10, 0, 2, 2), port: 5000)) else {
    return print("no server")
  }
  RTOS.startTask("bridge") { bridge(server) }
}
