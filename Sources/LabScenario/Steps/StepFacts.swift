// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabNetwork

/// What was seen when a step failed, for hints to ask for.
public struct StepFacts: Equatable, Sendable {
  /// The client or server that the step is about; nil where no peer is concerned.
  public var peer: String?
  /// What the peer received that no step took; nil where no peer is concerned.
  public var received: String?
  /// How the device ended the connection that the step used, if it did.
  public var ended: ConnectionEnd?
  /// Whether the device sent nothing since the peer last sent; nil where no peer is concerned.
  public var silent: Bool?
  /// Whether the device has acknowledged all that the peer sent; nil where no peer is concerned.
  public var acknowledged: Bool?
  /// The clients and servers that ended their side in good order, and whose connection the device left open.
  public var leftOpen: Set<String> = []
  /// The clients and servers that the device has sent keep-alive probes.
  public var probed: Set<String> = []
  /// The port that the device was to listen on; nil where the step is about something else.
  public var missingPort: UInt16?
  /// The port that the device was to dial, or not to; nil where the step is about something else.
  public var dialledPort: UInt16?
  /// How the attempt missed its time; empty where the step is about something else.
  public var gap: Set<AttemptGap> = []
  /// Whether the step is about the processor, which computed with nothing to do.
  public var isBusy = false
  /// Where the device began connection attempts since the check began or restarted it, in order; nil where no check's steps failed.
  public var dialled: [Endpoint]?
  /// How many of them are at the port that the step is about.
  public var attempts: Int?
  /// The names that the device asked for since then.
  public var resolved: [String]?
  /// What the check's variables stood for.
  public var variables: [Placeholder: String] = [:]

  /// - Parameters: as the properties of the same names.
  public init(
    received: String? = nil, ended: ConnectionEnd? = nil, silent: Bool? = nil, missingPort: UInt16? = nil,
    dialledPort: UInt16? = nil, gap: Set<AttemptGap> = [], isBusy: Bool = false
  ) {
    self.received = received
    self.ended = ended
    self.silent = silent
    self.missingPort = missingPort
    self.dialledPort = dialledPort
    self.gap = gap
    self.isBusy = isBusy
  }

  /// A pattern of a hint with its variables filled in.
  /// - Returns: nil if one of them is not known, or stands for too much to be looked for.
  /// - Throws: `LabError` if the pattern is none.
  public func pattern(_ text: String) throws(LabError) -> Pattern? {
    guard let filled = Placeholder.fill(pattern: text, with: { variables[$0] }),
      filled.utf8.count <= Pattern.longest || filled == text
    else { return nil }
    return try Pattern(lab: filled)
  }
}
