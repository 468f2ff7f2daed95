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
