// SPDX-License-Identifier: Apache-2.0
// Submission: logs who comes, and not who goes.
// verdict: fail
// fails: close-logged, half-close-logged, reset-logged, vanished-logged
// skips: several, right-client, conversations
// hint: close-logged: its port was not logged when it left

import ESP32

let log = Log("echo")

func echo(_ client: Socket) throws(SocketError) {
  try client.keepAlive(idle: 5, interval: 5, count: 3)
  while true {
    let received = try client.receive(atMost: 512)
    if received.isEmpty { return }
    try client.send(received)
  }
}

func serve(_ client: Socket, _ peer: SocketAddress) {
  log.info("Client \(peer) connected")
  try? echo(client)
  client.close()
}

func runServer() {
  do throws(SocketError) {
    let listener = try Listener(port: 3333)
    while true {
      let (client, address) = try listener.accept()
      RTOS.startTask("client") { serve(client, address) }
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
