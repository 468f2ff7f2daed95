// SPDX-License-Identifier: Apache-2.0

// Exercise 4: a bridge between the serial monitor and a TCP server.
//
// Two tasks: one waits for what is typed, the other for what the server sends, so neither direction waits for the other.

import ESP32

let log = Log("serial_bridge")
let serverAddress = SocketAddress(IPv4Address(10, 0, 2, 2), port: 5000)
let bridge = Bridge()

/// Prints what the server sends, until it goes.
func printReceived(_ server: Socket) throws(SocketError) {
  while true {
    let received = try server.receive(atMost: 512)
    guard !received.isEmpty else { return log.info("The server has closed the connection") }
    uart_write_bytes(console, received, received.count)
  }
}

/// Keeps a connection to the server, as long as there is one to be had.
func runConnection() {
  while true {
    do throws(SocketError) {
      let server = try Socket(connectedTo: serverAddress)
      log.info("Connected to \(serverAddress)")
      bridge.open(server)
      defer { bridge.close() }
      // A server that vanishes without a word is given up after 5 + 3 * 5 seconds.
      try server.keepAlive(idle: 5, interval: 5, count: 3)
      try printReceived(server)
    } catch {
      log.warning("\(error)")
    }
    RTOS.delay(milliseconds: 2000)
  }
}

/// Sends what is typed. What is typed while there is no connection waits in the UART's buffer.
func runConsole() {
  while true {
    bridge.waitUntilOpen()
    bridge.send(readConsole())
  }
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  openConsole()
  RTOS.startTask("connection", runConnection)
  RTOS.startTask("console", runConsole)
}
