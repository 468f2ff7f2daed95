// SPDX-License-Identifier: Apache-2.0

/// Why a frame was not let through.
public enum DropReason: String, Codable, CaseIterable, Error, Sendable {
  /// Shorter than the headers that it claims to have.
  case tooShort
  /// Longer than an Ethernet frame without a tag.
  case tooLong
  /// A group address as the Ethernet source.
  case ethernetSource
  /// A group address as the Ethernet destination of what asks one host for an answer.
  case ethernetDestination
  /// Neither ARP nor IPv4.
  case etherType
  /// IPv6: the lab's network has none.
  case ipv6
  /// ARP that is not about Ethernet and IPv4, or contradicts its Ethernet header.
  case arpMalformed
  /// ARP that claims an address which is not the device's to have.
  case arpAddress
  /// An IPv4 header with a wrong version or length.
  case ipHeader
  /// A wrong IPv4 header checksum.
  case ipChecksum
  /// IPv4 options (ESP-IDF's IGMP reports carry one).
  case ipOptions
  /// A fragment of an IPv4 packet.
  case fragment
  /// A source address that is not the device's to have.
  case sourceAddress
  /// An IPv4 protocol other than TCP, UDP and ICMP.
  case ipProtocol
  /// A TCP header with a wrong length.
  case tcpHeader
  /// A wrong TCP checksum.
  case tcpChecksum
  /// TCP flags that exclude each other, none at all, or a SYN that carries data.
  case tcpFlags
  /// TCP options that do not fit their lengths.
  case tcpOptions
  /// TCP urgent data.
  case urgent
  /// A UDP header with a wrong length.
  case udpHeader
  /// A wrong UDP checksum.
  case udpChecksum
  /// ICMP other than an echo request.
  case icmpType
  /// A wrong ICMP checksum.
  case icmpChecksum
  /// A DHCP message that does not hold together.
  case dhcpMalformed
  /// A DNS query that does not hold together.
  case dnsMalformed
  /// A destination that the lab has not opened.
  case egress
  /// A destination that the lab has made silent.
  case silenced
  /// TCP of a connection that the lab has made vanish.
  case vanished
  /// It got lost: the lab has impaired the network.
  case lost
  /// TCP for a connection that the network does not know.
  case unknownConnection
  /// TCP that leaves a gap in the device's stream.
  case outOfOrder
  /// TCP from a port of the device to two destinations that the lab routes to the same peer.
  case ambiguousConnection
  /// More connections at once than the network keeps.
  case tooManyConnections
  /// More frames waiting for the device than the network keeps.
  case deviceQueueFull
  /// A frame from libslirp that does not parse.
  case fromHost
}
