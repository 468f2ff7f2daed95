// SPDX-License-Identifier: Apache-2.0
// Submission: logs the port with its bytes as they are in the structure.
// verdict: fail
// fails: connect-logged, close-logged, half-close-logged, reset-logged, vanished-logged
// skips: several, right-client, conversations
// hint: connect-logged: its bytes swapped

import CESP32

func setOption(_ socket: Int32, _ level: Int32, _ name: Int32, _ value: Int32) {
  var value = value
  setsockopt(socket, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
}

func serve(_ client: Int32) {
  setOption(client, SOL_SOCKET, Int32(SO_KEEPALIVE), 1)
  setOption(client, IPPROTO_TCP, TCP_KEEPIDLE, 5)
  setOption(client, IPPROTO_TCP, TCP_KEEPINTVL, 5)
  setOption(client, IPPROTO_TCP, TCP_KEEPCNT, 3)
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 128) { buffer in
    while true {
      let count = recv(client, buffer.baseAddress, buffer.count, 0)
      if count < 0 { ESP_LOGE("tcp_server", "recv failed: errno \(errno)") }
      if count <= 0 { return }
      var sent = 0
      while sent < Int(count) {
        let result = lwip_send(client, buffer.baseAddress! + sent, Int(count) - sent, 0)
        if result < 0 { return ESP_LOGE("tcp_server", "send failed: errno \(errno)") }
        sent += Int(result)
      }
    }
  }
}

func serverTask(_: UnsafeMutableRawPointer?) {
  let listener = socket(AF_INET, SOCK_STREAM, IPPROTO_IP)
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = htonl(0)
  address.sin_port = htons(3333)
  let isBound = withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
    }
  }
  guard isBound, listen(listener, 4) == 0 else {
    ESP_LOGE("tcp_server", "cannot listen: errno \(errno)")
    vTaskDelete(nil)
    return
  }
  while true {
    var peer = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let client = withUnsafeMutablePointer(to: &peer) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { lwip_accept(listener, $0, &length) }
    }
    if client < 0 {
      vTaskDelay(pdMS_TO_TICKS(100))
      continue
    }
    let name = "\(String(cString: inet_ntoa(peer.sin_addr))):\(peer.sin_port)"
    ESP_LOGI("tcp_server", "Connection accepted from \(name)")
    serve(client)
    ESP_LOGI("tcp_server", "Closing connection with \(name)")
    lwip_close(client)
  }
}

@_cdecl("app_main")
func app_main() {
  ESP_ERROR_CHECK(nvs_flash_init())
  connect_wifi_sta()
  xEventGroupWaitBits(s_wifi_event_group, EventBits_t(WIFI_CONNECTED_BIT), 0, 1, portMAX_DELAY)
  xTaskCreate(serverTask, "tcp_server", 4096, nil, 5, nil)
}
