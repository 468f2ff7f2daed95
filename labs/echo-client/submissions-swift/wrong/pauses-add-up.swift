// SPDX-License-Identifier: Apache-2.0
// Submission: sleeps between two lines and does not see that the connection ends meanwhile, so that its pauses add up.
// verdict: fail
// fails: conversations

import ESP32

let log = Log("station")

let secondsBetweenLines = 5
let secondsBetweenVisits = 12

/// One line goes out, the same line comes back, in however many pieces.
func exchange(_ text: String, with server: Socket) throws(SocketError) -> String? {
  var line = Array(text.utf8)
  line.append(UInt8(ascii: "\n"))
  try server.send(line)

  var echo: [UInt8] = []
  repeat {
    let piece = try server.receive()
    guard !piece.isEmpty else { return nil }
    echo.append(contentsOf: piece)
  } while echo.last != UInt8(ascii: "\n")
  echo.removeLast()
  return String(decoding: echo, as: UTF8.self)
}

func visit(_ number: Int) throws(SocketError) {
  let address = try SocketAddress(resolving: "tcpbin.com", port: 4242)
  let server = try Socket(connectedTo: address)
  defer { server.close() }

  for reading in 1...3 {
    if reading > 1 {
      RTOS.delay(milliseconds: 5000)
    }
    guard let echo = try exchange("Visit \(number), reading \(reading): 21.\(reading) °C", with: server) else {
      return log.warning("The server ended visit \(number)")
    }
    log.info("confirmed: \(echo)")
  }
}

func runStation() {
  log.info("A line every \(secondsBetweenLines) s, a visit every \(secondsBetweenVisits) s")
  var number = 1
  while true {
    do throws(SocketError) {
      try visit(number)
    } catch {
      log.error("Visit \(number): \(error)")
    }
    number += 1
    RTOS.delay(milliseconds: 12000)
  }
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("station", runStation)
}
