// SPDX-License-Identifier: Apache-2.0

/// Where a token stands, as clang prints it. A token that a macro brought stands in two places.
struct SourcePlace: Decodable, Sendable {
  /// The token's first byte in its file.
  var offset: Int?
  /// The token's length in bytes.
  var tokLen: Int?
  /// The file that includes the token's own; nil in the file that is compiled.
  var includedFrom: Included?
  /// Where a macro's token was written.
  var spellingLoc: Part?
  /// Where the macro was used.
  var expansionLoc: Part?

  /// One of two places.
  struct Part: Decodable, Sendable {
    var offset: Int?
    var tokLen: Int?
    var includedFrom: Included?
    /// Whether the token was written as an argument of the macro.
    var isMacroArgExpansion: Bool?

    /// The token's bytes; nil in another file.
    var bytes: Range<Int>? { SourcePlace.bytes(offset, tokLen, includedFrom) }
  }

  /// A file that includes another one.
  struct Included: Decodable, Sendable {
    var file: String?
  }

  /// The bytes of the token as the program's text has it: of a macro's own token those of the macro's name.
  var expanded: (range: Range<Int>, isMacro: Bool)? {
    guard let expansionLoc else { return Self.bytes(offset, tokLen, includedFrom).map { ($0, false) } }
    if expansionLoc.isMacroArgExpansion == true, let written = spellingLoc?.bytes { return (written, false) }
    return expansionLoc.bytes.map { ($0, true) }
  }

  /// The bytes of the token where it was written; nil in another file.
  var spelled: Range<Int>? {
    spellingLoc.map(\.bytes) ?? Self.bytes(offset, tokLen, includedFrom)
  }

  private static func bytes(_ offset: Int?, _ length: Int?, _ includer: Included?) -> Range<Int>? {
    guard let offset, let length, includer == nil else { return nil }
    return offset..<(offset + length)
  }
}
