// SPDX-License-Identifier: Apache-2.0
// Submission: doubles the delay before it logs it.
// verdict: fail
// fails: log

import ESP32

let log = Log("retry")

func connect() throws(SocketError) -> Socket {
  try Socket(connectedTo: SocketAddress(resolving: "tcpbin.com", port: 4242))
}

/// Says hello, and receives until the server goes.
func listen(to server: Socket) {
  try? server.send("Hello from ESP32!\r\n")
  while let received = try? server.receive(), !received.isEmpty { log.info("Received \(received.count) bytes") }
  server.close()
}

func runClient() {
  var delay: UInt32 = 1000
  var attempt = 1
  while attempt <= 5 {
    log.info("Attempt \(attempt)")
    do throws(SocketError) {
      return listen(to: try connect())
    } catch {
      log.warning("\(error)")
    }
    if attempt < 5 {
      let pause = delay
      delay *= 2
      log.info("Waiting \(delay) ms")
      RTOS.delay(milliseconds: pause)
    }
    attempt += 1
  }
  log.error("Giving up")
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("retry", runClient)
}
