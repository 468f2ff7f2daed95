// SPDX-License-Identifier: Apache-2.0
// Submission: takes the end of the stream, and an error, for a message of no bytes.
// verdict: fail
// fails: server-closes, server-resets, conversations
// hint: server-closes: no message of no bytes

import ESP32

let console = UART_NUM_0

func sendTyped(_ server: Socket) {
  var byte: UInt8 = 0
  while uart_read_bytes(console, &byte, 1, TickType_t.max) == 1 {
    do throws(SocketError) { try server.send([byte]) } catch { return print("\(error)") }
  }
}

func printReceived(_ server: Socket) {
  while true {
    let received = (try? server.receive()) ?? []
    uart_write_bytes(console, received, received.count)
    RTOS.delay(milliseconds: 10)
  }
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return print("no network") }
  uart_driver_install(console, 1024, 0, 0, nil, 0)
  guard let server = try? Socket(connectedTo: SocketAddress(IPv4Address(10, 0, 2, 2), port: 5000)) else {
    return print("no server")
  }
  RTOS.startTask("typed") { sendTyped(server) }
  RTOS.startTask("received") { printReceived(server) }
}
