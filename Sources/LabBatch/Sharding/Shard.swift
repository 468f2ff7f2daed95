// SPDX-License-Identifier: Apache-2.0
import LabModel

/// One of several parts of a class that are graded apart from each other, written `2/8`.
public struct Shard: Hashable, Sendable, CustomStringConvertible {
  /// The largest number of parts.
  public static let limit = 1000

  /// Which part it is, from 1.
  public let index: Int
  /// How many parts there are.
  public let count: Int

  /// - Returns: nil unless there is such a part.
  public init?(_ index: Int, of count: Int) {
    guard (1...Self.limit).contains(count), (1...count).contains(index) else { return nil }
    (self.index, self.count) = (index, count)
  }

  /// - Parameter text: the part and the number of parts, as plain numbers: `2/8`.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let count = parts[1] else { return nil }
    self.init(index, of: count)
    // Neither signs nor zeros in front: a shard has one way to be written.
    guard description == text else { return nil }
  }

  /// `2/8`
  public var description: String { "\(index)/\(count)" }

  /// The name of its folder among those of all parts.
  public var folderName: String { "\(index)-of-\(count)" }

  /// The students in it: one in so many as there are parts, in the order of their names.
  /// - Parameter students: those of the class, in any order.
  public func students(of students: [String]) -> [String] {
    students.sorted().enumerated().filter { $0.offset % count == index - 1 }.map(\.element)
  }
}
