// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabNetwork
import LabScenario

/// The TCP segments of a capture on the clock of the transcript.
///
/// The transcript tells the same segments, in the same words, and its times are those that verdicts rest on: each segment of the capture is
/// looked up there. One that has no line of its own is placed behind the one before it.
struct SegmentTimeline {
  /// A segment, or several of a busy connection that are told together.
  struct Entry {
    /// What it is.
    var event: Event
    /// Guest time in nanoseconds.
    var time: UInt64
    /// The place of its line among the transcript's entries, or of the line that it is placed behind; nil without a transcript.
    var position: Int?
    /// Whether `position` is its own line.
    var hasLine: Bool
  }

  /// What was on the wire.
  enum Event {
    case segment(TCPSegment)
    case stream(StreamProgress, device: Endpoint, peer: Endpoint)

    /// The connection's number.
    var connection: Int {
      switch self {
      case .segment(let segment): segment.connection
      case .stream(let progress, _, _): progress.connection
      }
    }

    /// The device's end and the other one.
    var ends: (device: Endpoint, peer: Endpoint) {
      switch self {
      case .segment(let segment): (segment.device, segment.peer)
      case .stream(_, let device, let peer): (device, peer)
      }
    }
  }

  /// How many frames of a capture are looked at.
  static let frameLimit = 50_000

  /// The segments that the reader may see, in their order.
  private(set) var entries: [Entry] = []
  /// Whether there are more frames than were looked at, or the capture is damaged.
  private(set) var isCut = false

  /// - Parameters:
  ///   - capture: the bytes of `capture.pcapng`.
  ///   - transcript: the run's transcript, if there is one.
  ///   - keepsSecrets: whether there are checks that the reader must not see: what cannot be placed is then left out.
  init(capture: [UInt8], transcript: RunTranscript?, keepsSecrets: Bool) {
    if transcript == nil, keepsSecrets { return }
    let (events, isCut) = Self.events(in: capture)
    self.isCut = isCut
    guard let transcript else {
      entries = events.map { Entry(event: $0.event, time: $0.time, position: nil, hasLine: false) }
      return
    }
    entries = Self.place(events, on: transcript)
    // Behind the last segment that has a line, nobody knows any more what belongs to what.
    if keepsSecrets {
      entries.removeLast(entries.count - ((entries.lastIndex(where: \.hasLine) ?? -1) + 1))
      hide(transcript)
    }
  }

  /// Takes away what belongs to hidden checks: connections that began there, and what lies beside a hidden line.
  private mutating func hide(_ transcript: RunTranscript) {
    var next: [Bool] = []
    var isNextHidden = false
    for entry in entries.reversed() {
      if entry.hasLine, let position = entry.position { isNextHidden = transcript.entries[position].isHidden }
      next.append(isNextHidden)
    }
    next.reverse()
    var hiddenConnections: Set<Int> = []
    var seen: Set<Int> = []
    entries = zip(entries, next).filter { entry, isNextHidden in
      let isHidden = entry.position.map { transcript.entries[$0].isHidden } ?? true || !entry.hasLine && isNextHidden
      if seen.insert(entry.event.connection).inserted, isHidden { hiddenConnections.insert(entry.event.connection) }
      return !isHidden && !hiddenConnections.contains(entry.event.connection)
    }.map(\.0)
  }

  private static func events(in capture: [UInt8]) -> (events: [(event: Event, time: UInt64)], isCut: Bool) {
    var observer = TCPObserver()
    var reader = PcapngReader(capture)
    var ends: [Int: (Endpoint, Endpoint)] = [:]
    var events: [(event: Event, time: UInt64)] = []
    func take(_ told: [NetworkEvent]) {
      for event in told {
        switch event {
        case .segment(let segment):
          ends[segment.connection] = (segment.device, segment.peer)
          events.append((.segment(segment), segment.time))
        case .stream(let progress):
          guard let (device, peer) = ends[progress.connection] else { continue }
          events.append((.stream(progress, device: device, peer: peer), progress.lastTime))
        default: break
        }
      }
    }
    var frames = 0
    while frames < frameLimit, let packet = reader.next() {
      frames += 1
      guard let direction = packet.direction, let frame = try? Frame(packet.bytes) else { continue }
      if let deadline = observer.deadline, deadline <= packet.time { take(observer.flush()) }
      take(observer.observe(frame, direction: direction, at: packet.time))
    }
    take(observer.flush())
    return (events, frames == frameLimit || reader.problem != nil)
  }

  private static func place(_ events: [(event: Event, time: UInt64)], on transcript: RunTranscript) -> [Entry] {
    var places: [Substring: ArraySlice<Int>] = [:]
    for (index, entry) in transcript.entries.enumerated() where entry.line.source == "wire" {
      places[key(of: entry.line.text), default: []].append(index)
    }
    var entries: [Entry] = []
    // The clock of the transcript, and by how much the capture's is behind it.
    var position = 0
    var last: (captured: UInt64, told: UInt64) = (0, 0)
    for (event, captured) in events {
      if case .segment(let segment) = event, let place = places[key(of: Substring(segment.transcriptText))]?.popFirst()
      {
        position = max(position, place)
        let told = transcript.entries[place].line.nanoseconds
        last = (captured, max(last.told, told))
        entries.append(Entry(event: event, time: last.told, position: place, hasLine: true))
      } else {
        let time = last.told &+ (captured > last.captured ? captured - last.captured : 0)
        entries.append(Entry(event: event, time: time, position: position, hasLine: false))
      }
    }
    // Nothing happened later than what came after it.
    var limit = UInt64.max
    for index in entries.indices.reversed() {
      if entries[index].hasLine { limit = min(limit, entries[index].time) }
      entries[index].time = min(entries[index].time, limit)
    }
    return entries
  }

  /// Ends, flags and numbers, without the bytes and the remarks behind them.
  private static func key(of text: Substring) -> Substring {
    let numbers = text.prefix { $0 != "\"" && $0 != "(" }
    return numbers.hasSuffix(" ") ? numbers.dropLast() : numbers
  }
}
