// SPDX-License-Identifier: Apache-2.0

/// What a hint says, in the words of the language that the student writes.
public struct HintText: Equatable, Sendable, ExpressibleByStringInterpolation {
  /// What is said about a program in C, and about one in Swift as long as that has no words of its own.
  public var text: String
  /// What is said about a program in Swift instead.
  public var swift: String?

  /// - Parameters: as the properties of the same names.
  public init(_ text: String, swift: String? = nil) {
    self.text = text
    self.swift = swift
  }

  /// A text for all languages.
  public init(stringLiteral text: String) {
    self.init(text)
  }

  /// The words for a language; nil where that could not be told.
  public func words(in language: FirmwareLanguage?) -> String {
    language == .swift ? swift ?? text : text
  }
}
