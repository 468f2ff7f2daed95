// SPDX-License-Identifier: Apache-2.0
// Submission: works with String all the way: lines are split off a text, commands are looked up in a dictionary.
// verdict: pass

import ESP32

let answers = ["GET_TEMP": "Temperature: -3.25 C", "GET_HUMIDITY": "Humidity: 99 %"]

func serve(_ client: Socket) throws(SocketError) {
  var pending = ""
  while true {
    let received = try client.receive()
    if received.isEmpty { return }
    pending += String(decoding: received, as: UTF8.self)
    // Characters are Unicode's: "\r\n" is one of them. A "\r" whose "\n" has not come yet ends no line.
    while let end = pending.firstIndex(where: { $0 == "\n" || $0 == "\r\n" }) {
      let command = String(pending[..<end])
      pending.removeSubrange(...end)
      try client.send((answers[command] ?? "Unknown command") + "\r\n")
    }
  }
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return print("no network") }
  let started = RTOS.startTask("server", stackSize: 8192) {
    guard let listener = try? Listener(port: 3333) else { return print("cannot listen") }
    while true {
      guard let (client, peer) = try? listener.accept() else { continue }
      print("\(peer) is here")
      try? serve(client)
      client.close()
    }
  }
  if !started { print("no memory") }
}
