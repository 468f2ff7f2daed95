// SPDX-License-Identifier: Apache-2.0
// Submission: waits before the first attempt as well.
// verdict: fail
// fails: at-once, first-delay
// skips: late-refusal, conversations, delays
// hint: at-once: The first attempt came late

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
  for attempt in 1...5 {
    log.info("Waiting \(delay) ms before attempt \(attempt)")
    RTOS.delay(milliseconds: delay)
    delay *= 2
    do throws(SocketError) {
      return listen(to: try connect())
    } catch {
      log.warning("\(error)")
    }
  }
  log.error("All attempts failed")
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("retry", runClient)
}
