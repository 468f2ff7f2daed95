// SPDX-License-Identifier: Apache-2.0
// Submission: logs the message instead of the echo.
// verdict: fail
// fails: logged
// skips: conversations
// hint: logged: What was sent and what came back are two things

import ESP32

let log = Log("client")

/// Sends three lines and logs their echoes.
func talk(to server: Socket) throws(SocketError) {
  for number in 1...3 {
    let message = "Message \(number)\n"
    try server.send(message)
    log.info("Sent: \(message)")
    var echo: [UInt8] = []
    while echo.last != UInt8(ascii: "\n") {
      let received = try server.receive()
      if received.isEmpty { return }
      echo += received
    }
    log.info("Echo: \(echo.count) bytes")
    RTOS.delay(milliseconds: 500)
  }
}

func runClient() {
  while true {
    do throws(SocketError) {
      let server = try Socket(connectedTo: SocketAddress(resolving: "tcpbin.com", port: 4242))
      defer { server.close() }
      try talk(to: server)
    } catch {
      log.error("\(error)")
    }
    RTOS.delay(milliseconds: 3000)
  }
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("client", runClient)
}
