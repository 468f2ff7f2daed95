// SPDX-License-Identifier: Apache-2.0

// Exercise 4: a bridge between the serial monitor and a TCP server.
//
// Given: the network, the console, and the connection.
// Yours: the three gaps below.

import ESP32

let log = Log("serial_bridge")
let console = UART_NUM_0

func runClient() {
  // With the driver, uart_read_bytes(console, …) waits for what is typed; uart_write_bytes(console, …) prints.
  ESP_ERROR_CHECK(uart_driver_install(console, 1024, 0, 0, nil, 0))
  do throws(SocketError) {
    let server = try Socket(connectedTo: SocketAddress(IPv4Address(10, 0, 2, 2), port: 5000))
    log.info("Connected")

    // GAP 1: what is typed goes to the server. Reading from the console waits, and so does receiving: who takes care of the other
    // direction meanwhile? RTOS.startTask() starts a function that runs beside this one.

    // GAP 2: what the server sends is printed, as it comes.
    RTOS.delay(milliseconds: 1000)

    // GAP 3: the server has gone. Say so, and give back what is no longer needed.
    server.close()
  } catch {
    log.error("\(error)")
  }
}

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return log.error("No network") }
  RTOS.startTask("client", runClient)
}
