// SPDX-License-Identifier: Apache-2.0
// Submission: closes the connection after the first echo.
// verdict: fail
// fails: echo-line, one-byte
// skips: any-byte, buffer-sizes, twenty-kilobytes, slow-reader, keep-alive, waiting-client, after-close, after-half-close, after-reset, after-vanishing, twelve-clients, conversations
// hint: echo-line: closed the connection after its first answer

import ESP32

let log = Log("echo")

func serve(_ client: Socket) throws(SocketError) {
  try client.keepAlive(idle: 5, interval: 5, count: 3)
  let received = try client.receive(atMost: 512)
  try client.send(received)
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
