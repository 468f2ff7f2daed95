// SPDX-License-Identifier: Apache-2.0
// Submission: never gives up.
// verdict: fail
// fails: tries, final-error
// skips: conversations
// hint: tries: more attempts
// hint: final-error: nothing said that it was the last

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
  while true {
    log.info("Attempt \(attempt)")
    do throws(SocketError) {
      return listen(to: try connect())
    } catch {
      log.warning("\(error)")
    }
    log.info("Waiting \(delay) ms")
    RTOS.delay(milliseconds: delay)
    if delay < 16_000 { delay *= 2 }
    attempt += 1
  }
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("retry", runClient)
}
