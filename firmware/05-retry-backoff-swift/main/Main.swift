// SPDX-License-Identifier: Apache-2.0

// Exercise 5: a client that tries again, and leaves the server more time after each failure.
//
// Five attempts in all. Before the second it waits 1 s, and before each further one twice as long as before the last: 1, 2,
// 4, 8 s. A socket whose connect() has failed is of no more use: each attempt gets a new one.

import ESP32

let log = Log("retry_backoff")
let attempts = 5

/// Tries until an attempt succeeds.
/// - Throws: what the last attempt failed with.
func connectWithBackoff() throws(SocketError) -> Socket {
  var delay: UInt32 = 1000
  for attempt in 1..<attempts {
    log.info("Attempt \(attempt) of \(attempts): connecting to tcpbin.com:4242")
    do throws(SocketError) {
      return try connect()
    } catch {
      log.warning("\(error)")
    }
    log.info("Waiting \(delay) ms before the next attempt")
    RTOS.delay(milliseconds: delay)
    delay *= 2
  }
  log.info("Attempt \(attempts) of \(attempts): connecting to tcpbin.com:4242")
  return try connect()
}

func connect() throws(SocketError) -> Socket {
  try Socket(connectedTo: SocketAddress(resolving: "tcpbin.com", port: 4242))
}

/// Greets the server and logs what comes back, until the server goes.
func talk(to server: Socket) throws(SocketError) {
  try server.send("Hello from ESP32!\r\n")
  while true {
    let received = try server.receive()
    if received.isEmpty { return log.info("Connection closed by server") }
    log.info("Received: \(String(decoding: received, as: UTF8.self))")
  }
}

func runClient() {
  let server: Socket
  do throws(SocketError) {
    server = try connectWithBackoff()
  } catch {
    return log.error("No connection after \(attempts) attempts: \(error)")
  }
  log.info("Connected")
  do throws(SocketError) {
    try talk(to: server)
  } catch {
    log.error("\(error)")
  }
  server.close()
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("retry_backoff", runClient)
}
