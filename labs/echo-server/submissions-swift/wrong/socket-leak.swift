// SPDX-License-Identifier: Apache-2.0
// Submission: never closes its clients' sockets.
// verdict: fail
// fails: twelve-clients, after-half-close, conversations
// hint: twelve-clients: has to be closed again

import ESP32

let log = Log("echo")

func serve(_ client: Socket) throws(SocketError) {
  try client.keepAlive(idle: 5, interval: 5, count: 3)
  while true {
    let received = try client.receive(atMost: 512)
    if received.isEmpty { return }
    try client.send(received)
  }
}

func runServer() {
  do throws(SocketError) {
    let listener = try Listener(port: 3333)
    while true {
      let (client, peer) = try listener.accept()
      log.info("Client \(peer) connected")
      do throws(SocketError) {
        try serve(client)
        log.info("Client \(peer) disconnected")
      } catch {
        log.warning("Client \(peer) disconnected: \(error)")
      }
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
