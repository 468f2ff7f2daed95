// SPDX-License-Identifier: Apache-2.0
// Submission: a table of delays, and the C API.
// verdict: pass
// says: freeaddrinfo() nowhere

import CESP32

let delays: [UInt32] = [1, 2, 4, 8]

func tryOnce(_ address: UnsafePointer<sockaddr>, _ length: socklen_t) -> Int32? {
  let connection = socket(AF_INET, SOCK_STREAM, 0)
  if connect(connection, address, length) == 0 { return connection }
  ESP_LOGW("retry", "connect: errno \(errno)")
  lwip_close(connection)
  return nil
}

func tryAll(_ address: UnsafePointer<sockaddr>, _ length: socklen_t) -> Int32? {
  for (index, delay) in delays.enumerated() {
    ESP_LOGI("retry", "Try #\(index + 1)")
    if let connection = tryOnce(address, length) { return connection }
    ESP_LOGI("retry", "Waiting for \(delay) seconds")
    vTaskDelay(delay * UInt32(configTICK_RATE_HZ))
  }
  ESP_LOGI("retry", "Try #\(delays.count + 1)")
  return tryOnce(address, length)
}

@_cdecl("app_main")
func app_main() {
  nvs_flash_init()
  connect_wifi_sta()
  xEventGroupWaitBits(s_wifi_event_group, EventBits_t(WIFI_CONNECTED_BIT), 0, 1, portMAX_DELAY)
  var hints = addrinfo()
  hints.ai_family = AF_INET
  hints.ai_socktype = SOCK_STREAM
  var found: UnsafeMutablePointer<addrinfo>?
  guard getaddrinfo("tcpbin.com", "4242", &hints, &found) == 0, let address = found?.pointee else {
    return ESP_LOGE("retry", "no such host")
  }
  guard let connection = tryAll(address.ai_addr, address.ai_addrlen) else {
    return ESP_LOGE("retry", "All attempts failed")
  }
  ESP_LOGI("retry", "Connected")
  let hello: StaticString = "hello\n"
  lwip_send(connection, hello.utf8Start, hello.utf8CodeUnitCount, 0)
  var byte: UInt8 = 0
  while recv(connection, &byte, 1, 0) > 0 {}
  lwip_close(connection)
}
