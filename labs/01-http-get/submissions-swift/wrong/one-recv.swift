// SPDX-License-Identifier: Apache-2.0
// Submission: takes what one receive() returns for the response.
// verdict: fail
// fails: pieces
// skips: long, conversations
// hint: pieces: TCP is a stream

import ESP32

let log = Log("http")

func get() throws(SocketError) {
  let server = try Socket(connectedTo: SocketAddress(resolving: "httpbin.org", port: 80))
  defer { server.close() }
  try server.send("GET /ip HTTP/1.1\r\nHost: httpbin.org\r\nConnection: close\r\n\r\n")
  let response = try server.receive(atMost: 1440)
  print(String(decoding: response, as: UTF8.self))
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("http") {
    do throws(SocketError) {
      try get()
    } catch {
      log.error("\(error)")
    }
  }
}
