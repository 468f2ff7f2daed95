// SPDX-License-Identifier: Apache-2.0

// The chapter's Example 2: a server that sends back whatever it receives, one client after another.

import ESP32

let log = Log("echo_server")

/// What one full TCP segment carries.
let bufferSize = 1440

/// Serves a client until it leaves. What it sends is bytes, not text.
func serve(_ client: Socket) throws(SocketError) {
  // A client that vanishes without a word is given up after 5 + 3 * 5 seconds.
  try client.keepAlive(idle: 5, interval: 5, count: 3)
  while true {
    let received = try client.receive(atMost: bufferSize)
    guard !received.isEmpty else { return log.info("Connection closed by client") }
    try client.send(received)
  }
}

func runServer() {
  do throws(SocketError) {
    let listener = try Listener(port: 3333)
    log.info("Socket listening...")
    while true {
      let (client, peer) = try listener.accept()
      log.info("Connection accepted from \(peer)")
      do throws(SocketError) {
        try serve(client)
      } catch {
        // This client is gone; the next one is not to suffer for it.
        log.warning("\(error)")
      }
      client.close()
    }
  } catch {
    log.error("\(error)")
  }
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("echo_server", runServer)
}
