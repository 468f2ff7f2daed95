// SPDX-License-Identifier: Apache-2.0
// Submission: ends its task when a call fails.
// verdict: fail
// fails: server-resets, keeps-trying, conversations
// hint: keeps-trying: After the first failed attempt

import ESP32

let log = Log("client")

/// Sends three lines and logs their echoes.
func talk(to server: Socket) throws(SocketError) {
  for number in 1...3 {
    try server.send("Message \(number)\n")
    var echo: [UInt8] = []
    while echo.last != UInt8(ascii: "\n") {
      let received = try server.receive()
      if received.isEmpty { return }
      echo += received
    }
    log.info("Echo: \(String(decoding: echo.dropLast(), as: UTF8.self))")
    RTOS.delay(milliseconds: 500)
  }
}

func runClient() {
  do throws(SocketError) {
    while true {
      let server = try Socket(connectedTo: SocketAddress(resolving: "tcpbin.com", port: 4242))
      defer { server.close() }
      try talk(to: server)
      RTOS.delay(milliseconds: 3000)
    }
  } catch {
    log.error("\(error)")
  }
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("client", runClient)
}
