// SPDX-License-Identifier: Apache-2.0
// Submission: gathers the whole response in one array and prints it at the end, line by line.
// verdict: pass

import ESP32

let lines = ["GET /ip HTTP/1.1", "Host: httpbin.org", "User-Agent: swift", "Accept: */*", "Connection: close", "", ""]

func fetch() throws(SocketError) -> [UInt8] {
  let server = try Socket(connectedTo: SocketAddress(resolving: "httpbin.org", port: 80))
  defer { server.close() }
  try server.send(lines.joined(separator: "\r\n"))
  var response: [UInt8] = []
  response.reserveCapacity(24_000)
  while true {
    let part = try server.receive(atMost: 1440)
    if part.isEmpty { return response }
    response += part
  }
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return print("no network") }
  RTOS.startTask("http", stackSize: 6144) {
    while true {
      do throws(SocketError) {
        for line in try fetch().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
          print(String(decoding: line, as: UTF8.self))
        }
      } catch {
        print("error: \(error)")
      }
      RTOS.delay(milliseconds: 60_000)
    }
  }
}
