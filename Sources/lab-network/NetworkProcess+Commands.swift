// SPDX-License-Identifier: Apache-2.0

import LabModel
import LabNetwork

/// What the lab asks for.
extension NetworkProcess {
  func readControl() {
    switch control.read() {
    case .ended:
      stopping = true
    case .malformed(let message):
      tell(.failed(message: "a command cannot be read: \(message)"))
      stopping = true
    case .commands(let commands):
      for command in commands { carryOut(command) }
    }
  }

  private func carryOut(_ command: NetworkCommand) {
    let time = MonotonicClock.now
    switch command {
    case .forward(let guestPort):
      do {
        tell(.forwarded(guestPort: guestPort, hostPort: try slirp.forward(guestPort: guestPort)))
      } catch {
        tell(.failed(message: "\(error)"))
      }
    case .dns(let name, let answer): network.routing.declare(name, answer)
    case .forgetNames: network.routing.forgetNames()
    case .route(let address, let port, let target): network.routing.route(address: address, port: port, target)
    case .unroute(let address, let port): network.routing.unroute(address: address, port: port)
    case .impair(let impairment): network.impair(impairment)
    case .window(let scope, let limit): network.limitWindow(scope, to: limit, at: time)
    case .forgetWindows: network.forgetWindows(at: time)
    case .reading(let id, let paused): network.setReading(id, paused: paused, at: time)
    case .vanish(let id):
      network.vanish(id)
      guest.remove { $0.belongs(to: id) }
    case .endUnanswered:
      for id in network.endUnanswered() { guest.remove { $0.belongs(to: id) } }
    case .probe(let port): network.probe(port)
    case .clock(let host, let guest, let start):
      if let message = capture?.sample(host: host, guest: guest, jumpedFrom: start) { tell(.failed(message: message)) }
    case .synchronize(let token): synchronization.add(token)
    case .statistics: tell(.statistics(statistics))
    case .stop: stopping = true
    }
  }

  /// Answers requests for synchronization.
  /// - Parameters:
  ///   - count: how many of them had been read when the round began.
  ///   - isQuiet: whether there was nothing to be done in it.
  func synchronize(_ count: Int, isQuiet: Bool) {
    let tokens = synchronization.roundEnded(count, isQuiet: isQuiet)
    guard !tokens.isEmpty else { return }
    let time = MonotonicClock.now
    network.tellGathered(at: time)
    let inFlight = network.inFlight(at: time) + guest.backlog
    for token in tokens {
      tell(.synchronized(token: token, inFlight: inFlight, unacknowledged: network.unacknowledged))
    }
  }
}
