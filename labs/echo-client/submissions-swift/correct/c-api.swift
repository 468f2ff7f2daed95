// SPDX-License-Identifier: Apache-2.0
// Submission: the chapter's listing in Swift, with the C API.
// verdict: pass

import CESP32

func resolve() -> sockaddr_in? {
  var hints = addrinfo()
  hints.ai_family = AF_INET
  var result: UnsafeMutablePointer<addrinfo>?
  let error = getaddrinfo("tcpbin.com", nil, &hints, &result)
  guard error == 0, let result else {
    ESP_LOGE("tcp_client", "DNS lookup failed err=\(error)")
    return nil
  }
  defer { freeaddrinfo(result) }
  var address = UnsafeRawPointer(result.pointee.ai_addr!).load(as: sockaddr_in.self)
  address.sin_port = htons(4242)
  return address
}

func talk(_ sock: Int32) {
  for i in 0..<3 {
    let message = "Hello from ESP32! Message #\(i)\r\n"
    if lwip_send(sock, message, message.utf8.count, 0) < 0 { return ESP_LOGE("tcp_client", "send: errno \(errno)") }
    var buffer = [CChar](repeating: 0, count: 128)
    let length = recv(sock, &buffer, buffer.count - 1, 0)
    if length <= 0 { return ESP_LOGE("tcp_client", "recv: \(length), errno \(errno)") }
    ESP_LOGI("tcp_client", "Received \(length) bytes: \(String(cString: buffer))")
    vTaskDelay(pdMS_TO_TICKS(2000))
  }
}

func clientTask(_: UnsafeMutableRawPointer?) {
  guard var address = resolve() else {
    vTaskDelete(nil)
    return
  }
  while true {
    let sock = socket(AF_INET, SOCK_STREAM, IPPROTO_IP)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(sock, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if result == 0 {
      talk(sock)
      shutdown(sock, SHUT_RDWR)
    } else {
      ESP_LOGE("tcp_client", "Socket connect failed: errno \(errno)")
    }
    lwip_close(sock)
    vTaskDelay(pdMS_TO_TICKS(4000))
  }
}

@_cdecl("app_main")
func app_main() {
  ESP_ERROR_CHECK(nvs_flash_init())
  connect_wifi_sta()
  xEventGroupWaitBits(s_wifi_event_group, EventBits_t(WIFI_CONNECTED_BIT), 0, 1, portMAX_DELAY)
  xTaskCreate(clientTask, "tcp_client", 4096, nil, 5, nil)
}
