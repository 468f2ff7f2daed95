// SPDX-License-Identifier: Apache-2.0
// Submission: does not ask the server to close the connection.
// verdict: fail
// fails: connection-close
// hint: connection-close: asks the server to close

import ESP32

let log = Log("http")

func get() throws(SocketError) {
  let server = try Socket(connectedTo: SocketAddress(resolving: "httpbin.org", port: 80))
  defer { server.close() }
  try server.send("GET /ip HTTP/1.1\r\nHost: httpbin.org\r\n\r\n")
  while true {
    let part = try server.receive(atMost: 512)
    if part.isEmpty { break }
    fwrite(part, 1, part.count, stdout)
  }
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
