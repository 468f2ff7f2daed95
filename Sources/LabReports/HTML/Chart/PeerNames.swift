// SPDX-License-Identifier: Apache-2.0
import LabNetwork

/// Who the other ends of a check's connections are: a lifeline for each client and each server that the lab plays.
struct PeerNames {
  /// What stands above the lifelines. Hostile text.
  private(set) var titles: [String] = []
  private var clients: [UInt16: String] = [:]
  private var servers: [UInt16: String] = [:]
  /// The connections of each lifeline, in the order in which they began.
  private var connections: [Int: [Int]] = [:]

  /// - Parameters:
  ///   - transcript: tells the names.
  ///   - check: the check's id.
  init(_ transcript: RunTranscript?, in check: String?) {
    for entry in transcript?.entries ?? [] where entry.check == check {
      let line = entry.line
      guard !["lab", "uart", "wire"].contains(line.source) else { continue }
      // "connects to port 3333 from port 59233", "listens on port 5000 of 10.0.2.2"
      let words = line.text.split(separator: " ")
      if words.starts(with: ["connects", "to", "port"]), let port = words.last.flatMap({ UInt16($0) }) {
        clients[port] = String(line.source)
      }
      if words.starts(with: ["listens", "on", "port"]), words.count > 3,
        let port = UInt16(words[3].prefix { $0.isNumber })
      {
        servers[port] = String(line.source)
      }
    }
  }

  /// The lifeline of an entry, and what distinguishes its connection from others of the same lifeline.
  mutating func place(of entry: SegmentTimeline.Entry) -> (place: Int, prefix: String) {
    let title = title(of: entry)
    var place = titles.firstIndex(of: title)
    if place == nil, titles.count < ChartBuilder.peerLimit {
      titles.append(title)
      place = titles.count - 1
    }
    // Those that find no room share the last one.
    if place == nil { titles[titles.count - 1] = "others" }
    let at = place ?? titles.count - 1
    let connection = entry.event.connection
    if connections[at]?.contains(connection) != true { connections[at, default: []].append(connection) }
    let number = (connections[at]?.firstIndex(of: connection) ?? 0) + 1
    return (at, number > 1 ? "#\(number) " : "")
  }

  private func title(of entry: SegmentTimeline.Entry) -> String {
    let (_, peer) = entry.event.ends
    if peer.address == NetworkPlan.host, let name = clients[peer.port] { return name }
    if let name = servers[peer.port] { return "\(name) :\(peer.port)" }
    // Only the host's side has ports that change with each connection.
    return peer.address == NetworkPlan.host ? "the lab" : "\(peer)"
  }
}
