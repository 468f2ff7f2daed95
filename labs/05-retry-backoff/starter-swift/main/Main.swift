// SPDX-License-Identifier: Apache-2.0

// Exercise 5: a client that tries again, and leaves the server more time after each failure.
//
// Given: the network, a task, and one attempt.
// Yours: the three gaps below. They are small, and they are in the order in which the program meets them.

import ESP32

let log = Log("retry_backoff")

/// One attempt. A socket whose connect() has failed is of no more use: each attempt makes a new one.
func connect() throws(SocketError) -> Socket {
  try Socket(connectedTo: SocketAddress(resolving: "tcpbin.com", port: 4242))
}

func runClient() {
  do throws(SocketError) {
    // GAP 1: when an attempt fails, try again: up to 5 times. Log each attempt.
    // GAP 2: wait 1 second before the first retry, 2 before the second, 4 before the third, and so on. Log the delay.
    let server = try connect()
    log.info("Connected")
    while try !server.receive().isEmpty {}
    server.close()
  } catch {
    // GAP 3: all attempts have failed. Log a final error; the task ends with this function.
  }
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("client", runClient)
}
