// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@Suite struct EqualMutantsTests {
  @Test func whatAnEntryNamesHasToBeSo() throws {
    let list = try EqualMutants(
      yaml: """
        - {line: "#define BACKLOG", reason: nobody else waits}
        - {function: serve, operator: call-dropped, becomes: "(void)0", reason: it says nothing}
        """, file: "equal-mutants.yaml")
    let (first, second) = (list.entries[0], list.entries[1])
    #expect(first.covers(before: "#define BACKLOG 4", after: "#define BACKLOG 5", function: nil, kind: "constant-off"))
    #expect(!first.covers(before: "#define PORT 4", after: "#define PORT 5", function: nil, kind: "constant-off"))
    #expect(second.covers(before: "log();", after: "(void)0;", function: "serve", kind: "call-dropped"))
    #expect(!second.covers(before: "log();", after: "(void)0;", function: "main", kind: "call-dropped"))
    #expect(!second.covers(before: "log();", after: "log(); log();", function: "serve", kind: "call-repeated"))
  }

  @Test func theListsOfTheLabsCanBeRead() throws {
    let library = LabLibrary(
      root: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL)
    for lab in try library.labs() {
      #expect(try library.equalMutants(of: lab).entries.count > 20, "\(lab.name)")
    }
  }

  @Test(arguments: ["- {line: x}", "- {reason: x, column: 3}", "reason: x", "- {reason: ''}"])
  func whatIsNoListIsRefused(yaml: String) {
    #expect(throws: LabError.self) { try EqualMutants(yaml: yaml, file: "equal-mutants.yaml") }
  }
}
