// SPDX-License-Identifier: Apache-2.0

import CSlirp
import Glibc

/// The descriptors of one round of the loop, and what happened to them.
struct PollSet {
  /// A descriptor's place in the set.
  struct Index {
    fileprivate var value: Int
  }

  private var entries: [pollfd] = []

  var count: Int { entries.count }

  mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

  /// Adds a descriptor. Errors and hang-ups are always reported.
  mutating func add(_ descriptor: Int32, read: Bool = false, write: Bool = false) -> Index {
    add(descriptor, events: (read ? POLLIN : 0) | (write ? POLLOUT : 0))
  }

  mutating func add(_ descriptor: Int32, events: Int32) -> Index {
    entries.append(pollfd(fd: descriptor, events: Int16(truncatingIfNeeded: events), revents: 0))
    return Index(value: entries.count - 1)
  }

  /// Waits until something happens or the time has passed.
  /// - Returns: false when the wait was cut short.
  mutating func wait(nanoseconds: UInt64) -> Bool {
    let result = lab_poll(&entries, nfds_t(entries.count), nanoseconds)
    if result < 0 {
      for index in entries.indices { entries[index].revents = 0 }
    }
    return result >= 0
  }

  /// Whether reading will not block; so it is at the end of the stream and after errors.
  func canRead(_ index: Index) -> Bool { events(index) & (POLLIN | POLLHUP | POLLERR) != 0 }

  /// Whether nothing happened to the descriptors from a place on.
  func isQuiet(from place: Int) -> Bool { entries[place...].allSatisfy { $0.revents == 0 } }

  /// Whether writing will not block.
  func canWrite(_ index: Index) -> Bool { events(index) & (POLLOUT | POLLHUP | POLLERR) != 0 }

  func events(_ index: Index) -> Int32 { Int32(entries[index.value].revents) }

  /// The place as libslirp keeps it.
  func number(_ index: Index) -> Int32 { Int32(index.value) }

  /// What happened at a place that libslirp kept.
  func events(number: Int32) -> Int32 {
    entries.indices.contains(Int(number)) ? Int32(entries[Int(number)].revents) : 0
  }
}
