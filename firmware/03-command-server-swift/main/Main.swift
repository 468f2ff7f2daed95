// SPDX-License-Identifier: Apache-2.0

// Exercise 3: a server that answers commands.
//
// A command is a line: it ends with LF, and a CR before that does not count. Each command gets one line in answer. TCP is a
// stream without borders between messages, so one receive() may bring half a command or several: what arrives is gathered
// until a line is whole.

import ESP32

let port: UInt16 = 3333
let log = Log("command_server")

/// Serves a client until it leaves.
func serve(_ client: Socket) throws(SocketError) {
  // A client that vanishes without a word is given up after 5 + 3 * 5 seconds.
  try client.keepAlive(idle: 5, interval: 5, count: 3)
  var lines = LineReader()
  while true {
    let received = try client.receive()
    guard !received.isEmpty else { return log.info("The client has left") }
    for byte in received {
      guard let line = lines.take(byte) else { continue }
      try client.send(Command(line).answer)
    }
  }
}

func runServer() {
  do throws(SocketError) {
    let listener = try Listener(port: port)
    log.info("Listening")
    while true {
      let (client, peer) = try listener.accept()
      log.info("Serving \(peer)")
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
  RTOS.startTask("command_server", runServer)
}
