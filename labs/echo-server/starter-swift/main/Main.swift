// SPDX-License-Identifier: Apache-2.0

// Example 2: an echo server.
//
// Given: the network, a task, and a socket that listens on port 3333.
// Yours: the three gaps below. They are small, and they are in the order in which a client meets them.

import ESP32

let log = Log("echo_server")

/// Talks to one client until it has left.
func serve(_ client: Socket) throws(SocketError) {
  // GAP 2: receive what the client sends, and send it back: any bytes, however many, in pieces of any size. receive() says when
  // the client has left, and how. A client that vanishes says nothing: see keepAlive().
  log.warning("Nothing is done for clients yet")
}

func runServer() {
  do throws(SocketError) {
    let listener = try Listener(port: 3333)
    log.info("Listening on port 3333")
    while true {
      // GAP 1: wait for a client. accept() returns a socket of its own for each, and who is at its other end.
      RTOS.delay(milliseconds: 1000)
      _ = listener

      // GAP 3: the client has left, perhaps with an error. What has to be given back, and what has to stay open for the next?
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
