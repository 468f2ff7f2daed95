// SPDX-License-Identifier: Apache-2.0

// Exercise 2: an echo server that logs who comes and who goes.
//
// Given: the network, a task, and a socket that listens on port 3333.
// Yours: the three gaps below. They are small, and they are in the order in which a client meets them.

import ESP32

let log = Log("client_logging")

/// Sends back what a client sends, until it has left.
func echo(_ client: Socket) throws(SocketError) {
  // GAP 2: receive, and send it back. receive() says when the client has left, and how. A client that vanishes says nothing: see
  // keepAlive().
  log.warning("Nothing is done for clients yet")
}

func runServer() {
  do throws(SocketError) {
    let listener = try Listener(port: 3333)
    log.info("Listening on port 3333")
    while true {
      // GAP 1: wait for a client. accept() returns a socket of its own for each, and who is at its other end: log that.
      RTOS.delay(milliseconds: 1000)
      _ = listener

      // GAP 3: the client has left, in whatever way. Log which one it was. What has to be given back, and what has to stay open?
    }
  } catch {
    log.error("\(error)")
  }
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("server", runServer)
}
