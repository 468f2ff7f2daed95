// SPDX-License-Identifier: Apache-2.0
// Submission: logs as the delay what lies between the beginnings of two attempts.
// verdict: fail
// fails: log
// hint: log: as long as it was

import ESP32

let log = Log("retry_backoff")

/// A connected socket, or nil when five attempts have failed.
func connectWithBackoff(to address: SocketAddress) -> Socket? {
  let waits = [0, 1000, 2000, 4000, 8000]
  var last = esp_timer_get_time()

  for (index, wait) in waits.enumerated() {
    let number = index + 1
    if number > 1 {
      RTOS.delay(milliseconds: numericCast(wait))
    }

    // What was really waited is more interesting than what was planned.
    let now = esp_timer_get_time()
    if number > 1 {
      log.info("Delay was \((now - last) / 1000) ms")
    }
    last = now

    log.info("Attempt (\(number))")
    do throws(SocketError) {
      return try Socket(connectedTo: address)
    } catch {
      log.warning("\(error)")
    }
  }
  return nil
}

func runClient() {
  do throws(SocketError) {
    let address = try SocketAddress(resolving: "tcpbin.com", port: 4242)
    guard let server = connectWithBackoff(to: address) else {
      return log.error("No attempt succeeded. This was the last one.")
    }
    log.info("Connected")
    try server.send(Array("Hello from ESP32!\r\n".utf8))
    while try !server.receive().isEmpty {}
    server.close()
    log.info("The server has closed")
  } catch {
    log.error("\(error)")
  }
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("client", runClient)
}
