// SPDX-License-Identifier: Apache-2.0
// Submission: the C API directly: lwIP's functions, FreeRTOS's task, a fixed buffer.
// verdict: pass

import CESP32

func sendAll(_ client: Int32, _ text: StaticString) -> Bool {
  var sent = 0
  while sent < text.utf8CodeUnitCount {
    let count = lwip_send(client, text.utf8Start + sent, text.utf8CodeUnitCount - sent, 0)
    if count < 0 { return false }
    sent += Int(count)
  }
  return true
}

func serve(_ client: Int32) {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { line in
    var length = 0
    while true {
      let count = recv(client, line.baseAddress! + length, line.count - 1 - length, 0)
      if count <= 0 { return }
      length += Int(count)
      while let end = line[..<length].firstIndex(of: 10) {
        line[end] = 0
        if end > 0, line[end - 1] == 13 { line[end - 1] = 0 }
        let answer: StaticString =
          strcmp(line.baseAddress, "GET_TEMP") == 0
          ? "Temperature: 25.5 C\n"
          : strcmp(line.baseAddress, "GET_HUMIDITY") == 0 ? "Humidity: 45.2 %\n" : "Unknown command\n"
        if !sendAll(client, answer) { return }
        length -= end + 1
        memmove(line.baseAddress, line.baseAddress! + end + 1, length)
      }
      if length == line.count - 1 { length = 0 }
    }
  }
}

func serverTask(_: UnsafeMutableRawPointer?) {
  let listener = socket(AF_INET, SOCK_STREAM, IPPROTO_IP)
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = htons(3333)
  address.sin_addr.s_addr = htonl(0)
  let isBound = withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
    }
  }
  guard isBound, listen(listener, 3) == 0 else {
    ESP_LOGE("server", "cannot listen")
    vTaskDelete(nil)
    return
  }
  while true {
    let client = lwip_accept(listener, nil, nil)
    if client < 0 {
      vTaskDelay(pdMS_TO_TICKS(100))
      continue
    }
    serve(client)
    lwip_close(client)
  }
}

@_cdecl("app_main")
func app_main() {
  ESP_ERROR_CHECK(nvs_flash_init())
  connect_wifi_sta()
  xEventGroupWaitBits(s_wifi_event_group, EventBits_t(WIFI_CONNECTED_BIT), 0, 1, portMAX_DELAY)
  xTaskCreate(serverTask, "server", 4096, nil, 5, nil)
}
