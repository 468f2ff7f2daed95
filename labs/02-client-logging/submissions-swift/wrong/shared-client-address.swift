// SPDX-License-Identifier: Apache-2.0
// Submission: keeps the client's address in a variable that all tasks share.
// verdict: fail
// fails: right-client, conversations
// hint: right-client: was not logged by its own port

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

nonisolated(unsafe) var peer = SocketAddress(.any, port: 0)

func serve(_ client: Socket) {
  log.info("Client \(peer) connected")
  try? echo(client)
  log.info("Client \(peer) disconnected")
  client.close()
}

func runServer() {
  do throws(SocketError) {
    let listener = try Listener(port: 3333)
    while true {
      let (client, address) = try listener.accept()
      peer = address
      RTOS.startTask("client") { serve(client) }
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
