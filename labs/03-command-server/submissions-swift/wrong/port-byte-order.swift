// SPDX-License-Identifier: Apache-2.0
// Submission: uses the C API, and forgets the byte order of the port.
// verdict: fail
// fails: listens
// skips: get-temp, get-humidity, unknown-command, same-connection, split-command, joined-commands, second-client, client-resets, conversations, healthy
// hint: listens: htons()

import ESP32

@_cdecl("app_main")
func app_main() {
  guard WiFi.connect() else { return }
  let listener = socket(AF_INET, SOCK_STREAM, 0)
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = 3333
  let result = withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
  guard result == 0, listen(listener, 4) == 0 else { return ESP_LOGE("server", "cannot listen: errno \(errno)") }
  while true {
    let client = Socket(descriptor: lwip_accept(listener, nil, nil))
    try? client.send("Unknown command\n")
    client.close()
  }
}
