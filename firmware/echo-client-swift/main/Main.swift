// SPDX-License-Identifier: Apache-2.0

// The chapter's Example 1: a client of the public echo server tcpbin.com:4242. It sends three lines, logs their echoes, closes
// the connection, and begins again after a pause, whatever has happened.

import ESP32

let log = Log("echo_client")

/// Receives until a line is whole: an echo may arrive in pieces.
/// - Returns: the line without its end; `nil` when the server has closed the connection.
func receiveLine(_ server: Socket) throws(SocketError) -> String? {
  var line: [UInt8] = []
  while line.last != UInt8(ascii: "\n") {
    let received = try server.receive()
    if received.isEmpty { return nil }
    line += received
  }
  while let last = line.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { line.removeLast() }
  return String(decoding: line, as: UTF8.self)
}

func talk(to server: Socket) throws(SocketError) {
  for number in 0..<3 {
    try server.send("Hello from ESP32! Message #\(number)\r\n")
    guard let echo = try receiveLine(server) else { return log.warning("Connection closed by server") }
    log.info("Received: \(echo)")
    RTOS.delay(milliseconds: 1000)
  }
}

func runClient() {
  while true {
    do throws(SocketError) {
      let address = try SocketAddress(resolving: "tcpbin.com", port: 4242)
      let server = try Socket(connectedTo: address)
      defer { server.close() }
      log.info("Connected to \(address)")
      try server.setReceiveTimeout(milliseconds: 10_000)
      try talk(to: server)
    } catch {
      log.error("\(error)")
    }
    RTOS.delay(milliseconds: 3000)
  }
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("echo_client", runClient)
}
