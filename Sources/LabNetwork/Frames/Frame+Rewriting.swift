// SPDX-License-Identifier: Apache-2.0

extension Frame {
  /// The frame with another TCP destination; other frames stay as they are.
  package func redirected(to endpoint: Endpoint) -> Frame {
    guard case .tcp(var ip, var tcp, let payload) = content else { return self }
    var frame = self
    frame.patch { bytes in
      Frame.replace(&bytes, address: endpoint.address, at: 16, port: endpoint.port, at: 2)
    }
    ip.destination = endpoint.address
    tcp.destinationPort = endpoint.port
    frame.content = .tcp(ip, tcp, payload: payload)
    return frame
  }

  /// The frame with another TCP source; other frames stay as they are.
  package func posing(as endpoint: Endpoint) -> Frame {
    guard case .tcp(var ip, var tcp, let payload) = content else { return self }
    var frame = self
    frame.patch { bytes in
      Frame.replace(&bytes, address: endpoint.address, at: 12, port: endpoint.port, at: 0)
    }
    ip.source = endpoint.address
    tcp.sourcePort = endpoint.port
    frame.content = .tcp(ip, tcp, payload: payload)
    return frame
  }

  /// The frame with another TCP window; other frames stay as they are.
  package func offering(_ window: UInt16) -> Frame {
    guard case .tcp(let ip, var tcp, let payload) = content else { return self }
    var frame = self
    frame.patch { bytes in
      let start = EthernetHeader.length + IPv4Header.length
      let checksum = bytes.big16(start + 16)
      bytes.put16(InternetChecksum.updated(checksum, from: tcp.window, to: window), at: start + 16)
      bytes.put16(window, at: start + 14)
    }
    tcp.window = window
    frame.content = .tcp(ip, tcp, payload: payload)
    return frame
  }

  /// The same TCP segment without its data and the end of the stream; other frames stay as they are.
  package var withoutData: Frame {
    guard case .tcp(let ip, let tcp, _) = content else { return self }
    return Frame.tcp(from: ethernet.source, to: ethernet.destination, ip, tcp.withoutData)
  }

  /// The two ends of a TCP segment.
  package var tcpEnds: (source: Endpoint, destination: Endpoint)? {
    guard case .tcp(let ip, let tcp, _) = content else { return nil }
    return (Endpoint(ip.source, tcp.sourcePort), Endpoint(ip.destination, tcp.destinationPort))
  }

  /// Whether it is a TCP segment of a connection on its way to the device.
  package func belongs(to id: ConnectionID) -> Bool {
    tcpEnds.map { $0.source == id.peer && $0.destination == id.device } ?? false
  }

  /// Puts an address and a port at their offsets in the IPv4 and the TCP header and mends both checksums.
  private static func replace(
    _ bytes: inout [UInt8], address: IPv4Address, at addressOffset: Int, port: UInt16, at portOffset: Int
  ) {
    let ip = EthernetHeader.length
    let tcp = ip + IPv4Header.length
    let oldAddress = bytes.big32(ip + addressOffset)
    let oldPort = bytes.big16(tcp + portOffset)
    let ipChecksum = bytes.big16(ip + 10)
    let tcpChecksum = bytes.big16(tcp + 16)
    bytes.put16(InternetChecksum.updated(ipChecksum, from: oldAddress, to: address.value), at: ip + 10)
    let withAddress = InternetChecksum.updated(tcpChecksum, from: oldAddress, to: address.value)
    bytes.put16(InternetChecksum.updated(withAddress, from: oldPort, to: port), at: tcp + 16)
    bytes.put32(address.value, at: ip + addressOffset)
    bytes.put16(port, at: tcp + portOffset)
  }
}
