// SPDX-License-Identifier: Apache-2.0
// Submission: takes it for granted that all has been sent.
// verdict: fail
// fails: slow-reader
// hint: slow-reader: its result says how much

import ESP32

let console = UART_NUM_0

func sendTyped(_ server: Socket) {
  var byte: UInt8 = 0
  while uart_read_bytes(console, &byte, 1, TickType_t.max) == 1 {
    lwip_send(server.descriptor, &byte, 1, MSG_DONTWAIT)
  }
}

func printReceived(_ server: Socket) {
  while let received = try? server.receive(), !received.isEmpty {
    uart_write_bytes(console, received, received.count)
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
  RTOS.startTask("typed") { sendTyped(server) }
  RTOS.startTask("received") { printReceived(server) }
}
