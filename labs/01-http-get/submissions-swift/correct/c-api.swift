// SPDX-License-Identifier: Apache-2.0
// Submission: the C API directly, in app_main itself: getaddrinfo(), a buffer, putchar().
// verdict: pass

import CESP32

func connectToHost() -> Int32 {
  var hints = addrinfo()
  hints.ai_family = AF_INET
  hints.ai_socktype = SOCK_STREAM
  var addresses: UnsafeMutablePointer<addrinfo>?
  let error = getaddrinfo("httpbin.org", "80", &hints, &addresses)
  guard error == 0, let address = addresses?.pointee else {
    ESP_LOGE("http", "lookup failed: \(error)")
    return -1
  }
  defer { freeaddrinfo(addresses) }
  let connection = socket(address.ai_family, address.ai_socktype, address.ai_protocol)
  if connection >= 0, connect(connection, address.ai_addr, address.ai_addrlen) == 0 { return connection }
  ESP_LOGE("http", "connect failed: errno \(errno)")
  lwip_close(connection)
  return -1
}

@_cdecl("app_main")
func app_main() {
  nvs_flash_init()
  connect_wifi_sta()
  xEventGroupWaitBits(s_wifi_event_group, EventBits_t(WIFI_CONNECTED_BIT), 0, 1, portMAX_DELAY)
  let connection = connectToHost()
  if connection < 0 { return }
  let request: StaticString = "GET /ip HTTP/1.1\r\nHost: httpbin.org\r\nConnection: close\r\n\r\n"
  lwip_send(connection, request.utf8Start, request.utf8CodeUnitCount, 0)
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 200) { buffer in
    while true {
      let count = recv(connection, buffer.baseAddress, buffer.count, 0)
      if count < 0 { ESP_LOGE("http", "recv failed: errno \(errno)") }
      if count <= 0 { break }
      for byte in buffer.prefix(Int(count)) { putchar(Int32(byte)) }
    }
  }
  lwip_close(connection)
}
