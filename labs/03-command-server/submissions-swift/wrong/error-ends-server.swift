// SPDX-License-Identifier: Apache-2.0
// Submission: has one do for everything, so that a client's error ends the server.
// verdict: fail
// fails: client-resets, conversations

import ESP32

let log = Log("server")

func answer(to line: [UInt8]) -> StaticString {
  if line.elementsEqual("GET_TEMP".utf8) { return "Temperature: 25.5 C\n" }
  if line.elementsEqual("GET_HUMIDITY".utf8) { return "Humidity: 45.2 %\n" }
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

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("server") {
    do throws(SocketError) {
      let listener = try Listener(port: 3333)
      defer { listener.close() }
      while true {
        let (client, _) = try listener.accept()
        defer { client.close() }
        try serve(client)
      }
    } catch {
      log.error("\(error)")
    }
  }
}
