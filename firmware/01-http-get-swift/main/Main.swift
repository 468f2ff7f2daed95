// SPDX-License-Identifier: Apache-2.0

// Exercise 1: a client that fetches http://httpbin.org/ip and prints the whole response.
//
// The server closes the connection after the response ("Connection: close"), so the response ends where the stream ends. How
// many bytes one receive() returns is up to TCP and says nothing about HTTP.

import ESP32

let log = Log("http_get")
let host = "httpbin.org"

let request: StaticString = """
  GET /ip HTTP/1.1\r
  Host: httpbin.org\r
  Connection: close\r
  \r

  """

/// Prints what arrives until the server closes the connection.
func printResponse(_ server: Socket) throws(SocketError) {
  var total = 0
  while true {
    let received = try server.receive(atMost: 512)
    if received.isEmpty { break }
    fwrite(received, 1, received.count, stdout)
    total += received.count
  }
  log.info("The response had \(total) bytes")
}

func get() throws(SocketError) {
  let address = try SocketAddress(resolving: host, port: 80)
  let server = try Socket(connectedTo: address)
  defer { server.close() }
  log.info("Connected to \(address)")
  // A server that says nothing for so long is given up.
  try server.setReceiveTimeout(milliseconds: 20_000)
  try server.send(request)
  try printResponse(server)
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("http_get") {
    do throws(SocketError) {
      try get()
    } catch {
      log.error("Fetching the page failed: \(error)")
    }
  }
}
