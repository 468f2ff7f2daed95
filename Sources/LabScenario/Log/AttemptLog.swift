// SPDX-License-Identifier: Apache-2.0

/// Compares what a log says of attempts to open connections with what the wire shows of them.
///
/// Words say nothing to it: numbers do, wherever they stand. Every attempt needs its number, and every delay its length in seconds or milliseconds, each in a
/// place of its own: the 2 of "attempt 2" is not the 2 of "2 s" as well.
struct AttemptLog {
  /// A line of the log.
  struct Line {
    /// What it says, without what the log prints before the message.
    var text: String
    /// During which attempts it was printed, by their places from 0. An attempt lasts from the middle of the delay before it to the middle of the
    /// delay after it.
    var attempts: ClosedRange<Int>
  }

  /// Something that the log has to tell.
  enum Entry: Equatable {
    /// The number of an attempt, by its place from 0.
    case number(Int)
    /// The length of the delay after an attempt, by its place from 0.
    case delay(Int)
  }

  /// How many attempts there were.
  var attempts: Int
  /// The lengths that the log may tell of each delay between two attempts, in seconds.
  var delays: [[Double]]
  /// How far off they may be.
  var tolerance: Double
  /// The lines, in order.
  var lines: [Line]

  /// The first thing that the log does not tell; nil if it tells all.
  ///
  /// Attempts count from 1. A log that counts the retries from 1 instead, and gives the first attempt no number, will do.
  var missing: Entry? {
    let tokens = lines.flatMap { line in
      LoggedNumber.all(in: line.text).map { Token(number: $0, attempts: line.attempts) }
    }
    guard let missing = missing(among: tokens, firstNumber: 1) else { return nil }
    return countsFromZero || self.missing(among: tokens, firstNumber: 0) != nil ? missing : nil
  }

  /// Whether a line about the first attempt has a 0 where a line about another one has another number.
  private var countsFromZero: Bool {
    let others = Set(lines.lazy.filter { $0.attempts.upperBound > 0 }.map { Self.words($0.text) })
    return lines.contains { line in
      line.attempts.contains(0) && others.contains(Self.words(line.text))
        && LoggedNumber.all(in: line.text).contains { $0.isWhole && $0.value == 0 }
    }
  }

  private static func words(_ line: String) -> String { line.filter { !$0.isWholeNumber } }

  private struct Token {
    var number: LoggedNumber
    var attempts: ClosedRange<Int>
  }

  /// The first entry that the log does not tell, where its first attempt has a certain number; 0 stands for none.
  private func missing(among tokens: [Token], firstNumber: Int) -> Entry? {
    let lengths = delays.indices.map { Entry.delay($0) }
    let numbers = (0..<attempts).filter { $0 + firstNumber > 0 }.map { Entry.number($0) }
    // Where one kind is not told at all, numbers of the other may look like it here and there.
    return [lengths, numbers, numbers + lengths].lazy.compactMap { missing($0, among: tokens, firstNumber) }.first
  }

  /// Gives each entry a token of its own (Kuhn's algorithm), in order.
  /// - Returns: the first entry for which there is none left.
  private func missing(_ entries: [Entry], among tokens: [Token], _ firstNumber: Int) -> Entry? {
    let candidates = entries.map { entry in
      // More than there are entries are never needed.
      Array(tokens.indices.lazy.filter { fits(tokens[$0], entry, firstNumber) }.prefix(entries.count))
    }
    var owner: [Int: Int] = [:]
    func place(_ entry: Int, _ tried: inout Set<Int>) -> Bool {
      for token in candidates[entry] where tried.insert(token).inserted {
        if let other = owner[token], !place(other, &tried) { continue }
        owner[token] = entry
        return true
      }
      return false
    }
    for index in entries.indices {
      var tried: Set<Int> = []
      if !place(index, &tried) { return entries[index] }
    }
    return nil
  }

  /// Whether a number of the log is what an entry needs: a number of an attempt may be told as soon as the one before it has failed, a delay as long as the attempt
  /// that it leads to lasts.
  private func fits(_ token: Token, _ entry: Entry, _ firstNumber: Int) -> Bool {
    let number = token.number
    switch entry {
    case .number(let attempt):
      return number.isWhole && number.value == Double(attempt + firstNumber)
        && token.attempts.overlaps(attempt - 1...attempt)
    case .delay(let attempt):
      guard token.attempts.overlaps(attempt...attempt + 1) else { return false }
      return delays[attempt].contains { delay in
        (abs(number.value - delay) <= tolerance && number.unit.map { $0 == .seconds } != false)
          || (abs(number.value / 1000 - delay) <= tolerance && number.unit.map { $0 == .milliseconds } != false)
      }
    }
  }
}
