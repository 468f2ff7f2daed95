// SPDX-License-Identifier: Apache-2.0
// Submission: serves one client after another, and remembers who it is in a value of its own.
// verdict: pass

import ESP32

let log = Log("visits")

/// A client that logs its own coming and going.
struct Visit {
  let client: Socket
  let name: String

  init(_ client: Socket, _ peer: SocketAddress) {
    self.client = client
    name = "[\(peer.address)] port \(peer.port)"
    log.info("+ \(name)")
  }

  func serve() throws(SocketError) {
    try client.keepAlive(idle: 4, interval: 3, count: 4)
    while true {
      let received = try client.receive()
      if received.isEmpty { return }
      try client.send(received)
    }
  }

  func end() {
    client.close()
    log.info("- \(name)")
  }
}

func runServer() {
  guard let listener = try? Listener(port: 3333, backlog: 5) else { return log.error("cannot listen") }
  while let (client, peer) = try? listener.accept() {
    let visit = Visit(client, peer)
    try? visit.serve()
    visit.end()
  }
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("server", runServer)
}
