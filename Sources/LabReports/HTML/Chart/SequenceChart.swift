// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabNetwork

/// A sequence diagram: lifelines and what goes on between them, from top to bottom.
struct SequenceChart {
  /// A segment, or several together.
  struct Message {
    /// What the arrow looks like.
    enum Kind: String {
      /// SYN and SYN-ACK.
      case opening
      /// Bytes.
      case data
      /// A bare acknowledgement, or a sign of life.
      case bare
      /// FIN.
      case closing
      /// RST.
      case reset
    }

    /// The place of the other end among the chart's peers.
    var peer: Int
    /// Which way it went.
    var direction: Direction
    /// What stands at the arrow. Hostile text.
    var label: String
    /// All that is known of it. Hostile text.
    var detail: String
    /// What the arrow looks like.
    var kind: Kind
    /// Whether it was sent before.
    var isRepeated: Bool
    /// Whether it did not arrive.
    var isLost: Bool
    /// The number of its line in the transcript.
    var line: Int?
    /// Whether a verdict rests on it.
    var isEvidence: Bool
  }

  /// What stands in one place of the time axis.
  enum Row {
    case message(Message, at: UInt64)
    /// What the lab did. Hostile text.
    case note(String, at: UInt64)
    /// Nothing happened for so many nanoseconds.
    case gap(UInt64)
    /// So many rows are left out.
    case omitted(Int)
    /// The check has failed.
    case failure(at: UInt64)
  }

  /// The other ends, in the order in which they appear. Hostile text.
  var peers: [String] = []
  /// From top to bottom.
  var rows: [Row] = []
  /// Whether bare acknowledgements are left out since there is too much of everything.
  var leavesOutBare = false

  /// Whether there is anything to draw.
  var isEmpty: Bool {
    !rows.contains { if case .message = $0 { true } else { false } }
  }
}
