// SPDX-License-Identifier: Apache-2.0
// Submission: a task for every client, each with an object of its own that puts lines together.
// verdict: pass

import ESP32

final class Session {
  private let client: Socket
  private var line = [UInt8]()

  init(_ client: Socket) {
    self.client = client
    line.reserveCapacity(32)
  }

  deinit {
    client.close()
  }

  func run() {
    var byte: UInt8 = 0
    // A byte at a time is slow, and simple.
    while recv(client.descriptor, &byte, 1, 0) == 1 {
      guard byte == 10 else {
        if byte != 13, line.count < 100 { line.append(byte) }
        continue
      }
      let answer: StaticString =
        if line == Array("GET_TEMP".utf8) {
          "Temperature: 21 C\n"
        } else if line == Array("GET_HUMIDITY".utf8) {
          "Humidity: 50.5 %\n"
        } else {
          "Unknown command\n"
        }
      line = []
      do throws(SocketError) { try client.send(answer) } catch { return }
    }
  }
}

@_cdecl("app_main")
func app_main() {
  _ = WiFi.connect()
  do throws(SocketError) {
    let listener = try Listener(port: 3333, backlog: 2)
    while true {
      let session = Session(try listener.accept().client)
      RTOS.startTask("session", stackSize: 3072, priority: 4) { session.run() }
    }
  } catch {
    ESP_LOGE("main", error.description)
  }
}
