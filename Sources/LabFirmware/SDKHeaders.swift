// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// The bundled SDK's headers, as those look for them whose program lacks an `#include`.
struct SDKHeaders {
  private let root: String

  /// - Parameter sdk: the bundled SDK's folder.
  init(_ sdk: String) {
    root = "\(sdk)/include"
  }

  /// Finds the headers that declare names.
  /// - Parameter names: identifiers. Each header is read once, however many there are.
  /// - Returns: the header to include for each name that one declares.
  func declarations(of names: [String]) -> [String: String] {
    let wanted = names.filter { Self.identifier.wholeMatch(in: $0) != nil }.prefix(32)
    guard !wanted.isEmpty, let pattern = Self.declaration(of: Array(wanted)) else { return [:] }
    var found: [String: String] = [:]
    let headers = (FileManager.default.enumerator(atPath: root)?.allObjects as? [String]) ?? []
    for header in headers.filter({ $0.hasSuffix(".h") }).sorted(by: Self.isBefore) {
      guard let data = FileManager.default.contents(atPath: "\(root)/\(header)") else { continue }
      for match in pattern.matches(in: String(decoding: data, as: UTF8.self)) {
        guard let name = (1...5).lazy.compactMap({ match[$0] }).first.map(String.init), found[name] == nil else {
          continue
        }
        found[name] = Self.publicNames[header] ?? header
      }
    }
    return found
  }

  private static let identifier = Pattern("[A-Za-z_][A-Za-z0-9_]{0,79}")

  /// A macro, a function, the name of a type, a structure, one of an enumeration's constants.
  private static func declaration(of names: [String]) -> Pattern? {
    let any = "(" + names.joined(separator: "|") + ")"
    return try? Pattern(
      compiling: #"(?m)^[ \t]*#[ \t]*define[ \t]+\#(any)\b|^[A-Za-z][^;={}()#/]*?\b\#(any)\(|"#
        + #"(?:\}|^typedef\b[^;{]*?)[ \t*]*\b\#(any);|\b(?:struct|union|enum)\s+\#(any)\s*\{|^[ \t]+\#(any)\s*(?:,|=[^=]|$)"#
    )
  }

  /// Headers that a program includes come before those that the former are made of.
  private static func isBefore(_ one: String, _ other: String) -> Bool {
    let (first, second) = (rank(one), rank(other))
    return first == second ? one < other : first < second
  }

  private static func rank(_ header: String) -> Int {
    if publicNames[header] != nil || wellKnown.contains(header) { return 0 }
    let innards = ["priv", "prot", "hal/", "soc/", "rom/", "riscv/", "arch/", "impl", "esp32_swift", "sdk_"]
    return innards.contains(where: header.contains) ? 3 : header.hasPrefix("esp_rom") ? 2 : 1
  }

  private static let wellKnown: Set = [
    "lwip/sockets.h", "lwip/netdb.h", "freertos/task.h", "freertos/queue.h", "freertos/semphr.h", "esp_log.h",
    "driver/uart.h", "driver/gpio.h", "esp_wifi.h", "esp_netif.h", "esp_event.h", "esp_timer.h", "nvs_flash.h",
  ]

  /// The headers that a program includes to have what these declare.
  private static let publicNames = [
    "lwip/lwip_sockets.h": "lwip/sockets.h", "lwip/inet.h": "lwip/sockets.h", "lwip/def.h": "lwip/sockets.h",
    "arch/cc.h": "lwip/sockets.h", "lwip/lwip_netdb.h": "lwip/netdb.h", "freertos/portmacro.h": "freertos/FreeRTOS.h",
    "freertos/projdefs.h": "freertos/FreeRTOS.h", "freertos/portable.h": "freertos/FreeRTOS.h",
    "freertos/FreeRTOSConfig.h": "freertos/FreeRTOS.h", "esp_log_internal.h": "esp_log.h",
    "esp_wifi_types.h": "esp_wifi.h", "esp_wifi_default.h": "esp_wifi.h", "esp_netif_types.h": "esp_netif.h",
    "esp_netif_ip_addr.h": "esp_netif.h", "esp_netif_defaults.h": "esp_netif.h", "esp_event_base.h": "esp_event.h",
    "hal/uart_types.h": "driver/uart.h", "hal/gpio_types.h": "driver/gpio.h", "soc/gpio_num.h": "driver/gpio.h",
  ]
}
