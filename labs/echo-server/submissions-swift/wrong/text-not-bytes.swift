// SPDX-License-Identifier: Apache-2.0
// Submission: takes what it receives for text, and sends the text back.
// verdict: fail
// fails: any-byte, conversations

import ESP32

let log = Log("echo")

func serve(_ client: Socket) throws(SocketError) {
  try client.keepAlive(idle: 5, interval: 5, count: 3)
  while true {
    let received = try client.receive(atMost: 512)
    if received.isEmpty { return }
    try client.send(String(decoding: received, as: UTF8.self))
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
      client.close()
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
