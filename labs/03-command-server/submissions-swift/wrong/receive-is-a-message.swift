// SPDX-License-Identifier: Apache-2.0
// Submission: takes what one receive() returns for one command.
// verdict: fail
// fails: split-command, joined-commands
// skips: conversations
// hint: split-command: TCP is a stream
// hint: joined-commands: TCP is a stream

import ESP32

let log = Log("server")

func serve(_ client: Socket) throws(SocketError) {
  while true {
    var command = try client.receive()
    if command.isEmpty { return }
    while let last = command.last, last == 10 || last == 13 { command.removeLast() }
    if command.elementsEqual("GET_TEMP".utf8) {
      try client.send("Temperature: 25.5 C\n")
    } else if command.elementsEqual("GET_HUMIDITY".utf8) {
      try client.send("Humidity: 45.2 %\n")
    } else {
      try client.send("Unknown command\n")
    }
  }
}

func runServer() {
  do throws(SocketError) {
    let listener = try Listener(port: 3333)
    while true {
      let (client, _) = try listener.accept()
      try? serve(client)
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
