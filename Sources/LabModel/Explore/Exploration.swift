// SPDX-License-Identifier: Apache-2.0

/// Conversations that the lab makes up from a seed, and how they are judged.
public struct Exploration: Equatable, Sendable {
  /// An answer that a line gets.
  public struct Answer: Equatable, Sendable {
    /// The pattern of the whole answer, without its line end.
    public var pattern: String
    /// The answer in words.
    public var expected: String

    /// - Parameters: as the properties of the same names.
    public init(pattern: String, expected: String) {
      self.pattern = pattern
      self.expected = expected
    }
  }

  /// What the device owes to those who talk to it.
  public enum Model: Equatable, Sendable {
    /// The bytes that were sent. With `isLogged`, the console also tells who came and who went.
    case echo(isLogged: Bool)
    /// A line for each line.
    case table(answers: [String: Answer], otherwise: Answer)
    /// So many lines on each connection that it opens, again and again, each of which is sent back to it and then logged.
    case rounds(lines: Int)
    /// What its server sends, on the console. With `isAsked`, the device sends a request first and gets one response; with `isTyped`, it sends what is
    /// typed.
    case printed(isAsked: Bool, isTyped: Bool)
    /// Attempts to open a connection, with these delays after those that fail, each so much longer or shorter, and perhaps one attempt more; none after one that succeeds.
    case attempts(delays: [GuestDuration], tolerance: GuestDuration)
  }

  /// How many conversations there are.
  public var conversations: Int
  /// What they depend on.
  public var seed: UInt64
  /// The port that is connected to: of the device where it is the server, else of the lab's server.
  public var port: UInt16
  /// How they are judged.
  public var model: Model
  /// How soon an answer has to come.
  public var within: GuestDuration
  /// How long the device does not dial again after the end of a connection; nil where that is not judged.
  public var quiet: GuestDuration?

  /// - Parameters: as the properties of the same names.
  public init(
    conversations: Int, seed: UInt64, port: UInt16, model: Model, within: GuestDuration, quiet: GuestDuration? = nil
  ) {
    self.quiet = quiet
    self.conversations = conversations
    self.seed = seed
    self.port = port
    self.model = model
    self.within = within
  }
}
