// SPDX-License-Identifier: Apache-2.0

/// The network between the device and libslirp, without any input or output of its own: frames and commands go in, frames to
/// pass on and things to tell come out.
package struct VirtualNetwork {
  /// A frame for the capture.
  package struct CapturedFrame: Equatable, Sendable {
    package var bytes: [UInt8]
    package var time: UInt64
    /// The guest's clock, where it is known.
    package var guest: UInt64?
    package var direction: Direction
    package var comment: String?
  }

  /// What came out since it was last taken.
  package struct Output {
    /// For libslirp.
    package var toHost: [Frame] = []
    /// For the device, not sent yet: each is to be handed to `delivered` when it is.
    package var toDevice: [Frame] = []
    package var reports: [NetworkReport] = []
    package var captured: [CapturedFrame] = []
  }

  /// How many sockets libslirp may hold before new connections of the device are swallowed.
  package static let hostConnectionLimit = 200

  package var routing = RoutingTable()
  /// How many sockets libslirp holds; kept up to date by the process.
  package var hostConnections = 0
  /// The guest's clock in nanoseconds, while it is known; kept up to date by the process.
  package var guestTime: UInt64?
  package internal(set) var statistics = NetworkStatistics()

  var output = Output()
  var connections = ConnectionTable()
  var prober = PortProber()
  /// nil while the network is good.
  var dice: ImpairmentDice?
  /// What is under way when it is not.
  var toHost = DelayLine()
  var toDevice = DelayLine()
  private var observer = TCPObserver()
  private var drops = DropCounter()
  private var budget = EventBudget()
  /// The address that the device was granted and has not used yet.
  private var grant: (address: IPv4Address, mac: MACAddress)?

  package init() {}

  /// Takes what came out.
  package mutating func takeOutput() -> Output {
    defer { output = Output() }
    return output
  }

  /// Takes what there is to tell, and leaves the rest.
  package mutating func takeReports() -> [NetworkReport] {
    defer { output.reports = [] }
    return output.reports
  }

  /// Takes up a frame of the device.
  /// - Returns: the frame if it is well formed, whether or not it passes.
  @discardableResult
  package mutating func receive(fromDevice bytes: [UInt8], at time: UInt64) -> Frame? {
    statistics.framesFromDevice += 1
    statistics.bytesFromDevice += bytes.count
    let frame: Frame
    do {
      frame = try Frame(bytes)
    } catch {
      capture(bytes, .fromDevice, at: time, dropped: error)
      drop(error, at: time) { VirtualNetwork.describe(bytes) }
      return nil
    }
    noteUse(of: frame, at: time)
    do {
      try admit(frame, at: time)
      capture(bytes, .fromDevice, at: time)
    } catch {
      capture(bytes, .fromDevice, at: time, dropped: error)
      drop(error, at: time) { frame.summary }
    }
    return frame
  }

  /// Takes up a frame from libslirp.
  package mutating func receive(fromHost bytes: [UInt8], at time: UInt64) {
    let frame: Frame
    do {
      frame = try Frame(bytes)
    } catch {
      drop(.fromHost, at: time) { "\(error.rawValue): \(VirtualNetwork.describe(bytes))" }
      return
    }
    guard case .tcp(let ip, let tcp, let payload) = frame.content else {
      output.toDevice.append(frame)
      return
    }
    let source = Endpoint(ip.source, tcp.sourcePort)
    let device = Endpoint(ip.destination, tcp.destinationPort)
    let passage = connections.passage(
      device: device, source: source, tcp, payloadLength: payload.count, at: time)
    let posing = passage.peer == source ? frame : frame.posing(as: passage.peer)
    guard let window = passage.window else {
      capture(posing.bytes, .toDevice, at: time, dropped: .vanished)
      drop(.vanished, at: time) { posing.summary }
      return
    }
    sendToDevice(window == tcp.window ? posing : posing.offering(window), at: time)
  }

  /// Asks the device with a SYN whether a port listens.
  package mutating func probe(_ port: UInt16) {
    if let syn = prober.probe(port) { output.toDevice.append(syn) }
  }

  /// Takes note that a frame was handed to the device's NIC.
  package mutating func delivered(_ frame: Frame, at time: UInt64) {
    statistics.framesToDevice += 1
    statistics.bytesToDevice += frame.bytes.count
    capture(frame.bytes, .toDevice, at: time)
    switch frame.content {
    case .tcp:
      tell(observer.observe(frame, direction: .toDevice, at: time), at: time)
    case .udp(_, let udp, let payload) where udp.sourcePort == DHCPMessage.serverPort:
      if let message = DHCPMessage(frame.bytes, in: payload), message.kind == .acknowledge {
        grant = (message.assigned, message.client)
      }
    default:
      break
    }
  }

  /// Tells that the device has taken the address that it was granted: from then on it speaks as its owner, by announcing it at the least
  /// (RFC 5227). ESP-IDF first asks the network for a second whether anybody has the address already, unless that is configured away.
  private mutating func noteUse(of frame: Frame, at time: UInt64) {
    guard let (address, mac) = grant, frame.ethernet.source == mac, frame.sender == address else { return }
    grant = nil
    tell(.leased(address: address, mac: mac.description), at: time)
  }

  /// Takes note that a frame found no room on its way to the device.
  package mutating func overflowed(_ frame: Frame, at time: UInt64) {
    drop(.deviceQueueFull, at: time) { frame.summary }
  }

  /// When `tick` is due, by the host's monotonic clock; nil when nothing waits.
  package var deadline: UInt64? {
    [observer.deadline, drops.deadline, toHost.deadline, toDevice.deadline].compactMap(\.self).min()
  }

  /// Tells the segments that have been gathered.
  package mutating func tellGathered(at time: UInt64) { tell(observer.flush(), at: time) }

  /// Lets frames arrive that are due, and tells what has been gathered and is due, or all of it.
  package mutating func tick(at time: UInt64, all: Bool = false) {
    if all || observer.deadline.map({ $0 <= time }) == true { tellGathered(at: time) }
    releaseArrived(at: time)
    tell(drops.flush(at: time, all: all), at: time)
  }

  /// The counts up to now.
  package var currentStatistics: NetworkStatistics {
    var current = statistics
    current.dropped = drops.totals
    current.retransmissions = observer.retransmissions
    current.suppressedEvents = budget.total
    return current
  }

  /// Takes note that the device starts anew, and knows nothing of what was before.
  mutating func deviceStarted() {
    grant = nil
    observer.deviceStarted()
    connections.deviceStarted()
    routing.deviceStarted()
  }

  mutating func observe(_ frame: Frame, fate: TCPSegment.Fate, at time: UInt64) {
    tell(observer.observe(frame, direction: .fromDevice, fate: fate, at: time), at: time)
  }

  mutating func tell(_ event: NetworkEvent, at time: UInt64) { tell([event], at: time) }

  private mutating func tell(_ events: [NetworkEvent], at time: UInt64) {
    for event in events {
      guard let leftOut = budget.spend(at: time) else { continue }
      if leftOut > 0 { report(.suppressed(count: leftOut), at: time) }
      report(event, at: time)
    }
  }

  mutating func drop(_ reason: DropReason, at time: UInt64, example: () -> String) {
    // Few by themselves, so they are told even when the budget is spent.
    if let event = drops.count(reason, at: time, example: example) {
      report(event, at: time)
    }
  }

  private mutating func report(_ event: NetworkEvent, at time: UInt64) {
    output.reports.append(NetworkReport(time: time, guest: guestTime, event: event))
  }

  mutating func capture(
    _ bytes: [UInt8], _ direction: Direction, at time: UInt64, dropped reason: DropReason? = nil
  ) {
    let comment = reason.map { "dropped by the lab: \($0.rawValue)" }
    output.captured.append(
      CapturedFrame(bytes: bytes, time: time, guest: guestTime, direction: direction, comment: comment))
  }

  private static func describe(_ bytes: [UInt8]) -> String {
    guard bytes.count >= EthernetHeader.length else { return "\(bytes.count) bytes" }
    let type = String(bytes.big16(12), radix: 16)
    return "\(bytes.count) bytes of type 0x\(String(repeating: "0", count: 4 - type.count))\(type)"
      + " from \(MACAddress(bytes.big48(6)))"
  }
}

extension Frame {
  /// The address that its sender claims to have.
  fileprivate var sender: IPv4Address {
    switch content {
    case .arp(let packet): packet.sender
    case .tcp(let ip, _, _), .udp(let ip, _, _), .echo(let ip, _, _): ip.source
    }
  }
}
