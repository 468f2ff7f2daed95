// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import SwiftCSV

/// A roster as a CSV file, in the spellings of the usual learning platforms.
struct RosterFile {
  /// The students, in the order of the file, each with an id of its own.
  private(set) var entries: [RosterEntry] = []
  /// The lines that are no student's, and why.
  private(set) var problems: [String] = []

  /// - Parameter url: a CSV file with a line of headings; commas, semicolons or tabs separate its columns.
  /// - Throws: `LabError` if it cannot be read or has no column of ids.
  init(contentsOf url: URL) throws {
    let path = url.path
    let data: Data
    do {
      let handle = try FileHandle(forReadingFrom: url)
      defer { try? handle.close() }
      data = try handle.read(upToCount: Self.sizeLimit + 1) ?? Data()
    } catch {
      throw LabError(
        code: "roster.unreadable", message: "the roster \(path) cannot be read",
        remedy: "check the path and its permissions", isUsage: true)
    }
    guard let text = String(bytes: data, encoding: .utf8) else {
      throw LabError(roster: path, "it is not a text in UTF-8")
    }
    try self.init(text, path: path)
  }

  /// How many bytes a roster may have: some thousand students.
  private static let sizeLimit = 512 << 10

  /// - Parameters:
  ///   - text: the file.
  ///   - path: how messages name it.
  init(_ text: String, path: String) throws {
    guard text.utf8.count <= Self.sizeLimit else {
      throw LabError(
        roster: path, "it has more than \(Self.sizeLimit >> 10) KiB", remedy: "leave columns out that nobody needs")
    }
    let rows = try Self.rows(text, path: path).filter { $0.cells.contains { !$0.isEmpty } }
    guard let header = rows.first else { throw LabError(roster: path, "it is empty") }
    let columns = RosterColumns(header.cells)
    guard let id = columns.id else {
      throw LabError(
        roster: path, "none of its columns is the students' id: \(quoted(header.cells))",
        remedy: "call one id, student, login or email")
    }
    var lines: [String: Int] = [:]
    for row in rows.dropFirst() {
      let student = Self.identifier(row[id])
      guard !student.isEmpty else {
        let cells = row.cells.filter { !$0.isEmpty }
        problems.append("line \(row.line) of the roster has no id and is left out: \(quoted(cells))")
        continue
      }
      // Two ids that differ in nothing but case could not be told apart by a file's name.
      if let first = lines.updateValue(row.line, forKey: student.lowercased()) {
        lines[student.lowercased()] = first
        problems.append("line \(row.line) of the roster has the id \(quoted(student)) of line \(first) and is left out")
        continue
      }
      let email = columns.email.map { row[$0] } ?? ""
      let identifiers = columns.identifiers.map { Self.identifier(row[$0]) }
      entries.append(
        RosterEntry(
          student: student, name: columns.name(row), email: email.isEmpty ? nil : email,
          identifiers: identifiers.filter { !$0.isEmpty && $0 != student }))
    }
    guard !entries.isEmpty else { throw LabError(roster: path, "it names no student") }
  }

  /// What identifies a student; Moodle writes "Participant 1234567" for the number that it puts into a file's name.
  private static func identifier(_ cell: String) -> String {
    participant.wholeMatch(in: cell)?[1].map(String.init) ?? cell
  }

  private static let participant = Pattern("Participant ([0-9]+)")

  /// A row and the line that it begins on.
  struct Row {
    var line: Int
    var cells: [String]
    /// A cell, empty where the row is too short.
    subscript(column: Int) -> String { column < cells.count ? cells[column] : "" }
  }

  private static func rows(_ text: String, path: String) throws -> [Row] {
    // The parser takes all that follows a quotation mark without a partner for one cell: students would go missing.
    guard text.unicodeScalars.count(where: { $0 == "\"" }).isMultiple(of: 2) else {
      throw LabError(roster: path, "a quotation mark in it has no partner")
    }
    let heading = text.prefix { !$0.isNewline }
    let delimiters: [CSVDelimiter] = [.comma, .semicolon, .tab]
    let delimiter = delimiters.first { heading.contains($0.rawValue) } ?? .comma
    do {
      var rows: [Row] = []
      var line = 1
      let csv = try EnumeratedCSV(string: text, delimiter: delimiter, loadColumns: false)
      try csv.enumerateAsArray(startAt: 0, rowLimit: nil) { cells in
        rows.append(Row(line: line, cells: cells.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }))
        line += 1 + cells.reduce(0) { $0 + $1.count(where: \.isNewline) }
      }
      return rows
    } catch let error as CSVParseError {
      let reason =
        switch error {
        case .generic(let message), .quotation(let message): message
        }
      throw LabError(roster: path, reason)
    }
  }
}

extension LabError {
  /// A roster that cannot be understood.
  fileprivate init(
    roster path: String, _ reason: String, remedy: String = "save it as CSV in UTF-8 with one line a student"
  ) {
    self.init(
      code: "roster.invalid", message: "the roster \(path) cannot be used: \(reason)", remedy: remedy, isUsage: true)
  }
}
