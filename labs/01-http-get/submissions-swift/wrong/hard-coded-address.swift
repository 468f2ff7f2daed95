// SPDX-License-Identifier: Apache-2.0
// Submission: dials an address that is written into the program.
// verdict: fail
// fails: resolves
// skips: name-not-found
// hint: resolves: written into the program

import ESP32

let log = Log("http")

func get() throws(SocketError) {
  let server = try Socket(connectedTo: SocketAddress(IPv4Address(93, 184, 216, 34), port: 80))
  defer { server.close() }
  try server.send("GET /ip HTTP/1.1\r\nHost: httpbin.org\r\nConnection: close\r\n\r\n")
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
