// SPDX-License-Identifier: Apache-2.0
// Submission: a class with a state for each part of the round; the echo is gathered until it is as long as what was sent.
// verdict: pass

import ESP32

final class Client {
  enum State { case resolving, connecting(SocketAddress), talking(Socket, Int), pausing }

  private var state = State.resolving

  func step() throws(SocketError) {
    switch state {
    case .resolving:
      state = .connecting(try SocketAddress(resolving: "tcpbin.com", port: 4242))
    case .connecting(let address):
      state = .talking(try Socket(connectedTo: address), 0)
    case .talking(let server, 3):
      server.close()
      state = .pausing
    case .talking(let server, let count):
      do throws(SocketError) {
        try exchange(server, count)
        state = .talking(server, count + 1)
      } catch {
        server.close()
        throw error
      }
    case .pausing:
      RTOS.delay(milliseconds: 4000)
      state = .resolving
    }
  }

  func fail() {
    state = .pausing
  }

  private func exchange(_ server: Socket, _ count: Int) throws(SocketError) {
    let message = Array("Hello number \(count) from Swift\n".utf8)
    try server.send(message)
    var echo: [UInt8] = []
    while echo.count < message.count {
      let part = try server.receive(atMost: message.count - echo.count)
      if part.isEmpty { throw SocketError("recv", code: ENOTCONN) }
      echo += part
    }
    print("got \(String(decoding: echo, as: UTF8.self))", terminator: "")
    RTOS.delay(milliseconds: 800)
  }
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return print("no network") }
  RTOS.startTask("client") {
    let client = Client()
    while true {
      do throws(SocketError) {
        try client.step()
      } catch {
        print("error: \(error)")
        client.fail()
      }
    }
  }
}
