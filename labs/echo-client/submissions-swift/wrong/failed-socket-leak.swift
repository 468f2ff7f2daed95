// SPDX-License-Identifier: Apache-2.0
// Submission: does not close a socket that could not connect.
// verdict: fail
// fails: keeps-trying, conversations
// hint: keeps-trying: without close() it is lost

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
  while true {
    do throws(SocketError) {
      let address = try SocketAddress(resolving: "tcpbin.com", port: 4242)
      let server = try Socket()
      try server.connect(to: address)
      defer { server.close() }
      try talk(to: server)
    } catch {
      log.error("\(error)")
    }
    RTOS.delay(milliseconds: 1000)
  }
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("client", runClient)
}
