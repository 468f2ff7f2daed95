// SPDX-License-Identifier: Apache-2.0
// Submission: an ESP-IDF project with a bridging header: select() waits for the console and the socket at once.
// verdict: pass

/// Writes all of it; a socket may take less than it is given.
func writeAll(_ descriptor: Int32, _ bytes: ArraySlice<UInt8>) -> Bool {
  var rest = bytes
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count < 0 { return false }
    rest = rest.dropFirst(Int(count))
  }
  return true
}

func bridge(_ console: Int32, _ server: Int32) {
  var buffer = [UInt8](repeating: 0, count: 400)
  while true {
    let ready = wait_for_either(console, server)
    if ready & 2 != 0 {
      let count = read(server, &buffer, buffer.count)
      if count <= 0 { return log_line(count == 0 ? "the server has closed" : "read: errno \(errno)") }
      if !writeAll(console, buffer[..<Int(count)]) { return }
    }
    if ready & 1 != 0 {
      let count = read(console, &buffer, buffer.count)
      if count > 0, !writeAll(server, buffer[..<Int(count)]) { return log_line("write: errno \(errno)") }
    }
  }
}

func connectToServer() -> Int32 {
  let server = socket(AF_INET, SOCK_STREAM, 0)
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = UInt16(5000).bigEndian
  address.sin_addr.s_addr = UInt32(0x0a00_0202).bigEndian
  let result = withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
  if result == 0 { return server }
  close(server)
  return -1
}

@_cdecl("app_main")
func app_main() {
  nvs_flash_init()
  connect_wifi_sta()
  xEventGroupWaitBits(s_wifi_event_group, EventBits_t(WIFI_CONNECTED_BIT), 0, 1, TickType_t.max)
  let console = open_console()
  while true {
    let server = connectToServer()
    if server >= 0 {
      bridge(console, server)
      close(server)
    }
    vTaskDelay(200)
  }
}
