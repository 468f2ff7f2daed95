// SPDX-License-Identifier: Apache-2.0

// Exercise 2: an echo server that logs who comes and who goes. Each client has a task of its own, so that nobody waits for
// another to leave, and each task knows its own client.

import ESP32

let log = Log("client_logging")

/// How many clients at a time: the device has ten sockets, and one of them listens.
let clientLimit = 8

/// Sends back what a client sends, until it leaves.
func echo(_ client: Socket) throws(SocketError) {
  // A client that vanishes without a word is given up after 5 + 3 * 5 seconds.
  try client.keepAlive(idle: 5, interval: 5, count: 3)
  while true {
    let received = try client.receive(atMost: 512)
    if received.isEmpty { return }
    try client.send(received)
  }
}

func serve(_ client: Socket, _ peer: SocketAddress) {
  log.info("Client \(peer) connected")
  do throws(SocketError) {
    try echo(client)
    log.info("Client \(peer) disconnected")
  } catch {
    log.warning("Client \(peer) disconnected: \(error)")
  }
  client.close()
}

func runServer() {
  do throws(SocketError) {
    let listener = try Listener(port: 3333, backlog: Int32(clientLimit))
    log.info("Listening")
    while true {
      let (client, peer) = try listener.accept()
      if !RTOS.startTask("client", { serve(client, peer) }) {
        log.error("No memory to serve \(peer)")
        client.close()
      }
    }
  } catch {
    log.error("\(error)")
  }
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("client_logging", runServer)
}
