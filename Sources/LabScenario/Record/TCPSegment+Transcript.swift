// SPDX-License-Identifier: Apache-2.0
import LabNetwork

extension TCPSegment {
  /// The segment as a line of the transcript: who to whom, flags, numbers, and what it carries.
  package var transcriptText: String {
    var text = "\(arrow(direction, device.port, peer.short)) \(flags) seq \(sequence)"
    if flags.contains(.ack) { text += " ack \(acknowledgement)" }
    text += " win \(window)"
    if payloadLength > 0 {
      text += " len \(payloadLength)"
      if !payload.isEmpty { text += " " + quoted(payload, limit: 40) }
    }
    if retransmission { text += " (retransmission)" }
    if keepAlive { text += " (keep-alive)" }
    switch fate {
    case .passed: break
    case .refused: text += " (refused by the network)"
    case .vanished: text += " (leads nowhere)"
    case .lost: text += " (lost)"
    }
    return text
  }
}

extension StreamProgress {
  /// The segments as one line of the transcript.
  func transcriptText(peer: Endpoint) -> String {
    let way = direction == .fromDevice ? "from the device to \(peer.short)" : "from \(peer.short) to the device"
    return "\(segments) segments \(way): \(bytes) bytes up to seq \(sequenceEnd), ack \(acknowledgement)"
  }
}

private func arrow(_ direction: Direction, _ device: UInt16, _ peer: String) -> String {
  direction == .fromDevice ? "device:\(device) > \(peer)" : "\(peer) > device:\(device)"
}

extension Endpoint {
  /// The end as the transcript writes it: just the port where it is the lab's host.
  fileprivate var short: String { address == NetworkPlan.host ? "\(port)" : description }
}
