// SPDX-License-Identifier: Apache-2.0

// Exercise 1: an HTTP GET client.
//
// Given: the network and a task.
// Yours: the three gaps below. They are small, and they are in the order in which the program meets them.

import ESP32

let log = Log("http_get")

/// Not complete: see the exercise. Each line ends with CR LF, and an empty line is the end.
let request: StaticString = "GET /ip HTTP/1.1\r\n"

/// Fetches the page and prints it.
func fetch() throws(SocketError) {
  // GAP 1: ask DNS for the address of httpbin.org (SocketAddress(resolving:port:)) and connect to port 80 there.

  // GAP 2: send the request, then receive the response and print all of it. How many bytes one receive() returns is up to TCP; the
  // server closes the connection after the response.

  // GAP 3: what has to be given back, also when something has failed on the way?
  log.warning("Nothing is fetched yet")
}

func runClient() {
  do throws(SocketError) {
    try fetch()
  } catch {
    log.error("\(error)")
  }
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("client", runClient)
}
