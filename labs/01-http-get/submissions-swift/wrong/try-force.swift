// SPDX-License-Identifier: Apache-2.0
// Submission: takes it for granted that everything succeeds.
// verdict: fail
// fails: name-not-found, refused, healthy
// hint: name-not-found: try-force.swift
// hint: healthy: The device panicked

import ESP32

@_cdecl("app_main")
func app_main() {
  _ = WiFi.connect()
  let server = try! Socket(connectedTo: SocketAddress(resolving: "httpbin.org", port: 80))
  try! server.send("GET /ip HTTP/1.1\r\nHost: httpbin.org\r\nConnection: close\r\n\r\n")
  while true {
    let part = try! server.receive(atMost: 512)
    if part.isEmpty { break }
    fwrite(part, 1, part.count, stdout)
  }
  server.close()
}
