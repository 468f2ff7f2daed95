// SPDX-License-Identifier: Apache-2.0

import CSlirp
import Glibc
import LabModel
import LabNetwork

/// libslirp, with callbacks turned into Swift. It is used by one thread only.
final class SlirpStack {
  /// Called with each frame that libslirp makes for the device. It may be called from within `input` and `poll`.
  var onFrame: ([UInt8]) -> Void = { _ in }

  /// How many sockets of connections it holds. Those that listen are not among them.
  private(set) var openSockets = 0

  private var slirp: OpaquePointer?
  private let callbacks: UnsafeMutablePointer<SlirpCb>
  private var pollSet: PollSet?
  private var listeners: [Int32] = []
  private var forwards: [UInt16: UInt16] = [:]

  init() throws {
    callbacks = .allocate(capacity: 1)
    callbacks.initialize(to: SlirpStack.makeCallbacks())
    var config = SlirpConfig()
    config.version = 4
    config.in_enabled = true
    config.vnetwork = NetworkPlan.network.inAddress
    config.vnetmask = NetworkPlan.mask.inAddress
    config.vhost = NetworkPlan.host.inAddress
    config.vdhcp_start = NetworkPlan.device.inAddress
    config.vnameserver = NetworkPlan.nameServer.inAddress
    // Peers live on 127.0.0.1. What reaches libslirp has been let through by `VirtualNetwork`, which opens just their ports.
    config.disable_host_loopback = false
    config.disable_dns = true
    slirp = slirp_new(&config, callbacks, Unmanaged.passUnretained(self).toOpaque())
    guard slirp != nil else { throw SystemError("cannot start libslirp", code: ENOMEM) }
  }

  deinit {
    if let slirp { slirp_cleanup(slirp) }
    callbacks.deinitialize(count: 1)
    callbacks.deallocate()
  }

  /// Takes up a frame of the device.
  func input(_ frame: [UInt8]) {
    frame.withUnsafeBufferPointer { slirp_input(slirp, $0.baseAddress, Int32($0.count)) }
  }

  /// Adds libslirp's descriptors to a round of the loop.
  /// - Returns: how long the round may wait, in milliseconds.
  func fill(_ set: inout PollSet) -> UInt32 {
    var timeout = UInt32.max
    pollSet = set
    slirp_pollfds_fill(
      slirp, &timeout,
      { descriptor, events, context in
        SlirpStack.from(context).add(descriptor, events)
      }, Unmanaged.passUnretained(self).toOpaque())
    set = pollSet ?? set
    pollSet = nil
    return timeout
  }

  /// Lets libslirp take up what happened to its descriptors, and what is due by the clock.
  func poll(_ set: PollSet, failed: Bool) {
    pollSet = set
    slirp_pollfds_poll(
      slirp, failed ? 1 : 0,
      { number, context in SlirpStack.from(context).events(number) }, Unmanaged.passUnretained(self).toOpaque())
    pollSet = nil
  }

  /// Opens a port of 127.0.0.1, chosen by the kernel, that leads to the device's port; the same one when asked again.
  func forward(guestPort: UInt16) throws -> UInt16 {
    if let port = forwards[guestPort] { return port }
    let known = Set(findListeners())
    var here = sockaddr_in(address: IPv4Address(127, 0, 0, 1), port: 0)
    var there = sockaddr_in(address: NetworkPlan.device, port: guestPort)
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafePointer(to: &here) { here in
      withUnsafePointer(to: &there) { there in
        here.withMemoryRebound(to: sockaddr.self, capacity: 1) { here in
          there.withMemoryRebound(to: sockaddr.self, capacity: 1) { there in
            slirp_add_hostxfwd(slirp, here, size, there, size, 0)
          }
        }
      }
    }
    guard result == 0 else { throw SystemError("cannot forward a port to the device's port \(guestPort)") }
    guard let descriptor = findListeners().first(where: { !known.contains($0) }),
      let port = Sockets.listeningPort(descriptor)
    else { throw SystemError("cannot find the port forwarded to the device's port \(guestPort)", code: ENOENT) }
    // libslirp asks for a backlog of 1, and several clients at once would wait a second for their second SYN.
    listen(descriptor, 64)
    Sockets.setNonBlocking(descriptor)
    forwards[guestPort] = port
    return port
  }

  /// The descriptors that listen: libslirp tells of them by asking to have them polled.
  private func findListeners() -> [Int32] {
    listeners = []
    var timeout = UInt32.max
    slirp_pollfds_fill(
      slirp, &timeout,
      { descriptor, _, context in
        if Sockets.listens(descriptor) { SlirpStack.from(context).listeners.append(descriptor) }
        // The number is kept until the next round asks anew.
        return -1
      }, Unmanaged.passUnretained(self).toOpaque())
    return listeners
  }

  private func add(_ descriptor: Int32, _ events: Int32) -> Int32 {
    var wanted: Int32 = 0
    if events & Int32(SLIRP_POLL_IN) != 0 { wanted |= POLLIN }
    if events & Int32(SLIRP_POLL_OUT) != 0 { wanted |= POLLOUT }
    if events & Int32(SLIRP_POLL_PRI) != 0 { wanted |= POLLPRI }
    guard let index = pollSet?.add(descriptor, events: wanted) else { return -1 }
    return pollSet?.number(index) ?? -1
  }

  private func events(_ number: Int32) -> Int32 {
    let seen = pollSet?.events(number: number) ?? 0
    var events: Int32 = 0
    if seen & POLLIN != 0 { events |= Int32(SLIRP_POLL_IN) }
    if seen & POLLOUT != 0 { events |= Int32(SLIRP_POLL_OUT) }
    if seen & POLLPRI != 0 { events |= Int32(SLIRP_POLL_PRI) }
    if seen & POLLERR != 0 { events |= Int32(SLIRP_POLL_ERR) }
    if seen & POLLHUP != 0 { events |= Int32(SLIRP_POLL_HUP) }
    return events
  }

  fileprivate static func from(_ context: UnsafeMutableRawPointer?) -> SlirpStack {
    guard let context else { preconditionFailure("libslirp has lost its context") }
    return Unmanaged<SlirpStack>.fromOpaque(context).takeUnretainedValue()
  }

  private static func makeCallbacks() -> SlirpCb {
    var callbacks = SlirpCb()
    callbacks.send_packet = { bytes, count, context in
      let frame = [UInt8](UnsafeRawBufferPointer(start: bytes, count: count))
      SlirpStack.from(context).onFrame(frame)
      return count
    }
    // Complaints about the device: what could cause them has been dropped and told before.
    callbacks.guest_error = { _, _ in }
    callbacks.clock_get_ns = { _ in Int64(MonotonicClock.now) }
    // libslirp's only timers are for IPv6 router advertisements, and IPv6 is off; its TCP timers run in `poll`.
    callbacks.timer_new = { _, _, _ in nil }
    callbacks.timer_free = { _, _ in }
    callbacks.timer_mod = { _, _, _ in }
    callbacks.register_poll_fd = { _, context in SlirpStack.from(context).openSockets += 1 }
    callbacks.unregister_poll_fd = { _, context in SlirpStack.from(context).openSockets -= 1 }
    callbacks.notify = { _ in }
    return callbacks
  }
}

extension IPv4Address {
  fileprivate var inAddress: in_addr { in_addr(s_addr: value.bigEndian) }
}

extension sockaddr_in {
  fileprivate init(address: IPv4Address, port: UInt16) {
    self.init()
    sin_family = sa_family_t(AF_INET)
    sin_addr = in_addr(s_addr: address.value.bigEndian)
    sin_port = port.bigEndian
  }
}
