// SPDX-License-Identifier: Apache-2.0

/// Decides how many submissions run at a time: what the caller asked for, and fewer while the host is overloaded.
///
/// A busy host makes runs longer, not wrong: the device's clock does not run on while it gets no processor. What has to be kept away
/// is a host so busy that runs end in failures of the lab, and one that swaps.
public struct LoadPolicy: Equatable, Sendable {
  /// Why there are fewer.
  public enum Strain: Equatable, Sendable {
    /// Too much runs for the processors.
    case load(Double, cores: Int)
    /// Memory is short.
    case memory
    /// The lab failed since the host did not get on.
    case failure

    /// The reason as the reader reads it.
    public var description: String {
      switch self {
      case .load(let load, let cores): "a load of \(Int(load.rounded())) on \(cores) processor\(cores == 1 ? "" : "s")"
      case .memory: "memory is short"
      case .failure: "a run took too long to be judged"
      }
    }
  }

  /// A change of the number.
  public struct Change: Equatable, Sendable {
    /// How many run at a time from here on.
    public var limit: Int
    /// Why there are fewer; nil for more.
    public var strain: Strain?
    /// Whether it is the first change, which is worth telling.
    public var isFirst: Bool
  }

  /// Seconds from one change to the next of the same cause: the averages take as long to show what it did.
  private static let settling = 10.0
  /// Seconds without strain before there are more again.
  private static let calm = 30.0

  /// How many the caller asked for.
  public let maximum: Int
  /// How many run at a time.
  public private(set) var limit: Int
  private var lowered: Double?
  private var calmSince: Double?
  private var hasChanged = false

  /// - Parameter maximum: how many the caller asked for, at least 1.
  public init(maximum: Int) {
    self.maximum = max(1, maximum)
    limit = self.maximum
  }

  /// Takes a look at the host.
  /// - Parameters:
  ///   - reading: how busy it is.
  ///   - running: how many submissions run, whose work is no strain.
  ///   - time: any clock, in seconds.
  public mutating func take(_ reading: HostReading, running: Int, at time: Double) -> Change? {
    if let strain = Self.strain(reading, running: running) {
      calmSince = nil
      if let lowered, time - lowered < Self.settling { return nil }
      return lower(strain == .memory ? limit / 2 : limit - 1, strain, at: time)
    }
    guard Self.isCalm(reading, running: running) else {
      calmSince = nil
      return nil
    }
    let since = calmSince ?? time
    calmSince = since
    guard limit < maximum, time - since >= Self.calm else { return nil }
    // The next one has to stand its own time.
    calmSince = time
    limit += 1
    return Change(limit: limit, isFirst: false)
  }

  /// Takes a run that ended as a failure of the lab since the host was too slow.
  /// - Parameter time: as for ``take(_:running:at:)``.
  public mutating func takeFailure(at time: Double) -> Change? {
    calmSince = nil
    // Runs that began together fail together: one cause.
    if let lowered, time - lowered < Self.settling { return nil }
    return lower(limit / 2, .failure, at: time)
  }

  private mutating func lower(_ wish: Int, _ strain: Strain, at time: Double) -> Change? {
    guard limit > 1 else { return nil }
    limit = max(1, wish)
    lowered = time
    defer { hasChanged = true }
    return Change(limit: limit, strain: strain, isFirst: !hasChanged)
  }

  private static func strain(_ reading: HostReading, running: Int) -> Strain? {
    if reading.swapIns > 200 || reading.memoryPressure ?? 0 > 5 { return .memory }
    let cores = Double(max(1, reading.cores))
    let others = reading.load - Double(running)
    // A load of processes that wait for a disk takes no processor away.
    guard reading.processorPressure ?? 100 > 50, reading.load > 6 * cores || others > 2 * cores else { return nil }
    return .load(reading.load, cores: reading.cores)
  }

  private static func isCalm(_ reading: HostReading, running: Int) -> Bool {
    let cores = Double(max(1, reading.cores))
    guard reading.swapIns < 20, reading.memoryPressure ?? 0 < 1 else { return false }
    return reading.load < 4 * cores && reading.load - Double(running) < 1.5 * cores
  }
}
