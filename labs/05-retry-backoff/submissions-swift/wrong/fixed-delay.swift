// SPDX-License-Identifier: Apache-2.0
// Submission: waits for the same time after each attempt.
// verdict: fail
// fails: delays
// skips: conversations
// hint: delays: the same length

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
  let delay: UInt32 = 1000
  for attempt in 1...5 {
    log.info("Attempt \(attempt)")
    do throws(SocketError) {
      return listen(to: try connect())
    } catch {
      log.warning("\(error)")
    }
    if attempt == 5 { break }
    log.info("Waiting \(delay) ms")
    RTOS.delay(milliseconds: delay)
  }
  log.error("All attempts failed")
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("retry", runClient)
}
