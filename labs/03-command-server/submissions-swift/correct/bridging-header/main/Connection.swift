// SPDX-License-Identifier: Apache-2.0

/// A connection that closes its socket when it goes out of scope: it cannot be copied, so that happens once.
struct Connection: ~Copyable {
  let descriptor: Int32
  private var received: [UInt8] = []

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  mutating func serve() {
    var buffer = [UInt8](repeating: 0, count: 40)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count <= 0 { return }
      received += buffer.prefix(Int(count))
      while let end = received.firstIndex(of: UInt8(ascii: "\n")) {
        answer(received[..<end])
        received.removeFirst(end + 1)
      }
    }
  }

  private func answer(_ line: ArraySlice<UInt8>) {
    let command = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    let text =
      switch String(decoding: command, as: UTF8.self) {
      case "GET_TEMP": "Temperature: 25.5 C\n"
      case "GET_HUMIDITY": "Humidity: 45.2 %\n"
      default: "Unknown command\n"
      }
    write(descriptor, text, text.utf8.count)
  }
}
