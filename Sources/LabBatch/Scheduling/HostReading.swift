// SPDX-License-Identifier: Apache-2.0

/// How busy the host is at a moment.
public struct HostReading: Equatable, Sendable {
  /// Its processors.
  public var cores: Int
  /// Processes that run or wait for a processor, averaged over a minute.
  public var load: Double
  /// The share of the last ten seconds in which something waited for a processor, in percent; nil where the kernel does not tell.
  public var processorPressure: Double?
  /// The share of the last ten seconds in which everything waited for memory, in percent; nil where the kernel does not tell.
  public var memoryPressure: Double?
  /// Pages that came back from swap, a second.
  public var swapIns: Double

  /// - Parameters: as the properties of the same names.
  public init(
    cores: Int, load: Double, processorPressure: Double? = nil, memoryPressure: Double? = nil, swapIns: Double = 0
  ) {
    self.cores = cores
    self.load = load
    self.processorPressure = processorPressure
    self.memoryPressure = memoryPressure
    self.swapIns = swapIns
  }
}
