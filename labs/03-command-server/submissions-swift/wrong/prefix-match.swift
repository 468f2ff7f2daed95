// SPDX-License-Identifier: Apache-2.0
// Submission: takes a command that only begins like a known one for it.
// verdict: fail
// fails: unknown-command
// skips: conversations
// hint: unknown-command: whole commands

import ESP32

let log = Log("server")

func answer(to line: [UInt8]) -> StaticString {
  if line.starts(with: "GET_TEMP".utf8) { return "Temperature: 25.5 C\n" }
  if line.starts(with: "GET_HUMIDITY".utf8) { return "Humidity: 45.2 %\n" }
  return "Unknown command\n"
}

func serve(_ client: Socket) throws(SocketError) {
  var line: [UInt8] = []
  while true {
    let received = try client.receive()
    if received.isEmpty { return }
    for byte in received {
      guard byte == UInt8(ascii: "\n") else {
        if byte != UInt8(ascii: "\r") { line.append(byte) }
        continue
      }
      try client.send(answer(to: line))
      line = []
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
