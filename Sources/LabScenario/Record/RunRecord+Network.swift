// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabNetwork

extension RunRecord {
  /// Takes up what the network process reports.
  func take(_ report: NetworkReport) async {
    await passHold()
    toldTime = report.guest
    defer { toldTime = nil }
    switch report.event {
    case .ready: networkReady()
    case .guestConnected: break
    case .guestDisconnected(let reason): add(.lab, "the device's network link ended: \(reason)", at: report.time)
    case .forwarded(let guestPort, let hostPort): forwarded(guestPort, to: hostPort)
    case .leased(let address, _): leased("\(address)", at: report.time)
    case .segment(let segment): self.segment(segment)
    // The segment that is its SYN stands in the transcript.
    case .attempt(let attempt): self.attempt(attempt, at: report.time)
    case .stream(let progress): stream(progress)
    case .probed(let port, let answer): probed(port, answer, at: report.time)
    case .dnsQuery(let exchange): query(exchange, at: report.time)
    case .echo(let destination, let answered):
      add(.wire, "ping to \(destination), \(answered ? "answered" : "not answered")", at: report.time)
    case .datagram(let source, let destination, let length):
      add(.wire, "UDP \(source) > \(destination), \(length) bytes: leads nowhere", at: report.time)
    case .dropped(let reason, let count, let example):
      add(.wire, "\(count) × \(reason.rawValue) dropped, the first: \(example)", at: report.time)
    case .suppressed(let count): add(.wire, "\(count) events left out", at: report.time)
    case .synchronized(let token, let inFlight, let unacknowledged):
      synchronized(NetworkSynchronization(token: token, inFlight: inFlight, unacknowledged: unacknowledged))
    case .statistics: break
    case .failed(let message): add(.lab, "network: \(message)", at: report.time)
    }
  }
}

extension DNSAnswer {
  /// The answer, as a part of a line.
  var summary: String {
    switch self {
    case .addresses(let addresses): addresses.map { "\($0)" }.joined(separator: ", ")
    case .nxdomain: "no such name"
    case .silent: "no answer"
    }
  }
}
