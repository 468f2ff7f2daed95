// SPDX-License-Identifier: Apache-2.0
// Submission: connects again with the socket that failed.
// verdict: fail
// fails: second-try, third-try, fifth-try, first-delay, tries
// skips: conversations, delays, late-refusal
// hint: second-try: there was one SYN

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
  guard let server = try? Socket(), let address = try? SocketAddress(resolving: "tcpbin.com", port: 4242) else {
    return log.error("No address")
  }
  var delay: UInt32 = 1000
  for attempt in 1...5 {
    log.info("Attempt \(attempt)")
    do throws(SocketError) {
      try server.connect(to: address)
      return listen(to: server)
    } catch {
      log.warning("\(error)")
    }
    if attempt == 5 { break }
    log.info("Waiting \(delay) ms")
    RTOS.delay(milliseconds: delay)
    delay *= 2
  }
  log.error("All attempts failed")
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("retry", runClient)
}
