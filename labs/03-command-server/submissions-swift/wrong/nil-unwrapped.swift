// SPDX-License-Identifier: Apache-2.0
// Submission: takes it for granted that every command is known.
// verdict: fail
// fails: unknown-command, same-connection, healthy
// skips: conversations
// hint: unknown-command: Unexpectedly found nil
// hint: same-connection: nil-unwrapped.swift
// hint: healthy: Unexpectedly found nil

import ESP32

let log = Log("server")
let answers = ["GET_TEMP": "Temperature: 25.5 C\n", "GET_HUMIDITY": "Humidity: 45.2 %\n"]

func answer(to line: [UInt8]) -> String {
  answers[String(decoding: line, as: UTF8.self)]!
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
