// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// All that can go into the objects of a submission in C, as keys of the object cache.
///
/// A source's first key holds what is known before the compiler runs: the compiler, its arguments, the source, and the *names* of all files,
/// so that an `#include` or a `__has_include` finds the same. An object's key holds the contents of what the compiler says it has read besides.
struct CompilationInputs: Sendable {
  private let submission: Submission
  /// The hash of what all sources have in common.
  private let common: String
  /// The hashes of what is in the files, by the bytes of their paths: strings that differ in bytes may be equal.
  private let contents: [[UInt8]: String]
  /// The folders of the submission's copy and of its options, and those whose files the toolchain's identity stands for.
  private let source, config: String
  private let covered: [String]

  /// - Parameters:
  ///   - arguments: the compiler's arguments, without what is another one in each build.
  ///   - identity: stands for the compiler and for what lies in `covered`.
  ///   - covered: folders of headers, links resolved.
  init(
    submission: Submission, workspace: BuildWorkspace, arguments: [String], identity: String, covered: [String]
  ) {
    self.submission = submission
    self.covered = covered
    source = Self.normalized(workspace.source)
    config = Self.normalized(workspace.config)
    var contents: [[UInt8]: String] = [:]
    for file in submission.files { contents[Array(file.path.utf8)] = Self.hash(file.contents) }
    self.contents = contents
    var hash = ContentHash()
    hash.add("2")
    hash.add(identity)
    hash.add("\(arguments.count)")
    for argument in arguments { hash.add(argument) }
    // What lies in the folder of options.
    hash.add(workspace.header)
    hash.add(submission.bridgingHeader ?? "")
    hash.add("\(submission.files.count)")
    // gcc reads a file that equals one that it includes once only (`#pragma once`, `#import`), leaves it out, and does not say so.
    var firstOfEqual: [String: Int] = [:]
    for (index, file) in submission.files.enumerated() {
      hash.add(file.path)
      let contents = contents[Array(file.path.utf8)] ?? ""
      hash.add("\(firstOfEqual[contents] ?? index)")
      if firstOfEqual[contents] == nil { firstOfEqual[contents] = index }
      // gcc takes a precompiled header in place of the header beside it, and does not say so.
      hash.add(file.path.contains(".gch") ? file.contents : [])
    }
    common = hash.finish()
  }

  /// The key of an object of which nothing is known but that it is made of the submission: it holds the contents of all files.
  var key: String {
    objectKey(common, files: submission.files.map(\.path)) ?? common
  }

  /// The first key of a source.
  func sourceKey(_ path: String) -> String {
    var hash = ContentHash()
    hash.add(common)
    hash.add(path)
    hash.add(contents[Array(path.utf8)] ?? "")
    return hash.finish()
  }

  /// The key of an object.
  /// - Parameters:
  ///   - sourceKey: the source's first key.
  ///   - files: the files of the submission that went into it.
  /// - Returns: `nil` if one of them is not there now.
  func objectKey(_ sourceKey: String, files: [String]) -> String? {
    var hash = ContentHash()
    hash.add(sourceKey)
    for file in files {
      guard let contents = contents[Array(file.utf8)] else { return nil }
      hash.add(file)
      hash.add(contents)
    }
    return hash.finish()
  }

  /// Tells which files of the submission an object depends on.
  /// - Parameters:
  ///   - files: what the compiler has read, as it names it.
  ///   - assembled: what the assembler has read.
  ///   - hasLog: whether the compiler printed something. Then it may have quoted any file: `#line` has it do that, and it does not say so.
  /// - Returns: their paths, sorted; `nil` if it depends on anything that no key stands for.
  func dependencies(read files: [String], assembled: [String] = [], hasLog: Bool) -> [String]? {
    var found: Set<[UInt8]> = []
    var folders: [Substring: Bool] = [:]
    for (index, file) in (files + assembled).enumerated() {
      let named = file.hasPrefix("/") ? file : "\(source)/\(file)"
      let path = Self.normalized(named)
      if path.hasPrefix(source + "/") {
        let relative = Array(path.utf8.dropFirst(source.utf8.count + 1))
        if contents[relative] != nil {
          found.insert(relative)
        } else if index < files.count {
          return nil
        }
        // The assembler also names the file that `.file` says, which need not be there. What is not there was not read.
      } else if !path.hasPrefix(config + "/") {
        // What a process's own paths lead to is something else here.
        guard !path.hasPrefix("/proc/"), !path.hasPrefix("/dev/") else { return nil }
        let folder = named[..<(named.utf8.lastIndex(of: UInt8(ascii: "/")) ?? named.startIndex)]
        let isCovered = folders[folder] ?? isCovered(String(folder))
        folders[folder] = isCovered
        guard isCovered else { return nil }
      }
    }
    if hasLog { found.formUnion(contents.keys) }
    return found.map { String(decoding: $0, as: UTF8.self) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether the toolchain's identity stands for the files of a folder. What a link in it leads to counts as in it, there as here.
  private func isCovered(_ folder: String) -> Bool {
    guard let pointer = realpath(folder, nil) else { return false }
    defer { free(pointer) }
    let target = String(cString: pointer)
    return covered.contains { target == $0 || target.hasPrefix($0 + "/") }
  }

  /// An absolute path without `.`, `..` and empty parts. There is no link in what the lab has copied, so that this is the same file.
  private static func normalized(_ path: String) -> String {
    let isNormal = path.withCString { strstr($0, "/.") == nil && strstr($0, "//") == nil }
    guard !isNormal else { return path }
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  private static func hash(_ bytes: [UInt8]) -> String {
    var hash = ContentHash()
    hash.add(bytes)
    return hash.finish()
  }
}
