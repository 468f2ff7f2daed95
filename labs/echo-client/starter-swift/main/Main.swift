// SPDX-License-Identifier: Apache-2.0

// Example 1: a client of the public echo server tcpbin.com:4242.
//
// Given: the network and a task.
// Yours: the three gaps below. They are small, and they are in the order in which the program meets them.

import ESP32

let log = Log("echo_client")

/// Sends three lines and logs their echoes.
func talk(to server: Socket) throws(SocketError) {
  // GAP 2: send a line that ends with "\n", receive its echo and log it; three times. TCP is a stream: an echo may arrive in pieces.
}

func runClient() {
  while true {
    do throws(SocketError) {
      // GAP 1: ask DNS for the address of tcpbin.com (SocketAddress(resolving:port:)), connect to port 4242 there, and talk.
      throw SocketError("connect", code: ENOSYS)

      // GAP 3: what has to be given back, also when something has failed on the way?
    } catch {
      log.error("\(error)")
    }
    RTOS.delay(milliseconds: 3000)
  }
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("client", runClient)
}
