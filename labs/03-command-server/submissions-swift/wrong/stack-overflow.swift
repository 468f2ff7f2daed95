// SPDX-License-Identifier: Apache-2.0
// Submission: has a large buffer on the small stack of its task.
// verdict: fail
// fails: get-temp, get-humidity, unknown-command, same-connection, split-command, joined-commands, second-client, client-resets, healthy
// skips: conversations
// hint: get-temp: out of stack
// hint: healthy: out of stack

import ESP32

let log = Log("server")

func answer(to line: some Sequence<UInt8>) -> StaticString {
  if line.elementsEqual("GET_TEMP".utf8) { return "Temperature: 25.5 C\n" }
  if line.elementsEqual("GET_HUMIDITY".utf8) { return "Humidity: 45.2 %\n" }
  return "Unknown command\n"
}

/// What is told about clients: room for it is made before there are any.
nonisolated(unsafe) var history: [UInt8] = []

/// Room for the longest line there may be, on the stack: faster than an array.
struct Line {
  var bytes = InlineArray<3600, UInt8>(repeating: 0)
  var count = 0
}

func serve(_ client: Socket) throws(SocketError) {
  var line = Line()
  // Leave something to the other tasks.
  RTOS.delay(milliseconds: 10)
  while true {
    let received = try client.receive()
    if received.isEmpty { return }
    history.append(contentsOf: received.prefix(4))
    for byte in received {
      guard byte == UInt8(ascii: "\n") else {
        if byte != UInt8(ascii: "\r"), line.count < 3600 {
          line.bytes[line.count] = byte
          line.count += 1
        }
        continue
      }
      try client.send(answer(to: (0..<line.count).map { line.bytes[$0] }))
      line.count = 0
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
  history.reserveCapacity(4096)
  RTOS.startTask("server", runServer)
}
