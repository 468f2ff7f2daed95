// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What a journal tells of. What was written once stays; later events take the place of earlier ones.
public enum JournalEvent: Equatable, Sendable {
  /// What all results from here on are about.
  case lab(JournalHeader)
  /// A grading has begun, or goes on.
  case began(GradingSession)
  /// A run of a submission has begun.
  case started(RunStart)
  /// The lab failed in it, and the submission is to be run again.
  case retried(RetriedRun)
  /// The last run of a submission has ended, its folder is whole, and this is the result.
  case graded(GradedSubmission)
  /// The grading has come to its end.
  case finished
}

extension JournalEvent: Codable {
  private enum Key: String, CodingKey {
    case event
  }

  private enum Name: String, Codable {
    case lab, began, started, retried, graded, finished
  }

  /// Reads a line's event; its keys stand beside the one that names it.
  public init(from decoder: any Decoder) throws {
    let name = try decoder.container(keyedBy: Key.self).decode(Name.self, forKey: .event)
    self =
      switch name {
      case .lab: .lab(try JournalHeader(from: decoder))
      case .began: .began(try GradingSession(from: decoder))
      case .started: .started(try RunStart(from: decoder))
      case .retried: .retried(try RetriedRun(from: decoder))
      case .graded: .graded(try GradedSubmission(from: decoder))
      case .finished: .finished
      }
  }

  /// Writes the event's keys beside the one that names it.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .lab(let header):
      try container.encode(Name.lab, forKey: .event)
      try header.encode(to: encoder)
    case .began(let session):
      try container.encode(Name.began, forKey: .event)
      try session.encode(to: encoder)
    case .started(let run):
      try container.encode(Name.started, forKey: .event)
      try run.encode(to: encoder)
    case .retried(let run):
      try container.encode(Name.retried, forKey: .event)
      try run.encode(to: encoder)
    case .graded(let graded):
      try container.encode(Name.graded, forKey: .event)
      try graded.encode(to: encoder)
    case .finished:
      try container.encode(Name.finished, forKey: .event)
    }
  }
}
