// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabMutation
import Testing

/// `Fixtures/example.json` is what clang 21 printed of `example.c` with `-ast-dump=json`, without the keys that nobody reads.
@Suite struct MutantSearchTests {
  private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

  private let source: CSource
  private let mutants: [Mutant]

  init() throws {
    source = CSource(Array(try Data(contentsOf: Self.fixtures.appending(path: "example.c"))))
    mutants = try MutantSearch.mutants(
      of: source, file: "example.c", syntaxTree: try Data(contentsOf: Self.fixtures.appending(path: "example.json")))
  }

  private func lines(_ kind: MutationOperator, in line: Int) -> Set<String> {
    Set(mutants.filter { $0.operator == kind && $0.line == line }.map(\.after))
  }

  @Test func leavesOutCallsAndAssignments() {
    #expect(lines(.callDropped, in: 34) == ["(void)0;"])
    #expect(lines(.callRepeated, in: 34) == ["close(client); close(client);"])
    #expect(lines(.assignmentDropped, in: 28) == ["(void)0;"])
    #expect(lines(.assignmentDropped, in: 31) == ["(void)0;"])
  }

  @Test func changesConditions() {
    #expect(lines(.unchecked, in: 22) == ["if ((count < 0) && 0) {"])
    #expect(lines(.conditionNegated, in: 22) == ["if (!(count < 0)) {"])
    #expect(lines(.comparison, in: 22) == ["if (count <= 0) {"])
    #expect(
      lines(.logic, in: 25)
        == ["if (count == 0 || length > 0) {", "if (count == 0) {", "if (length > 0) {"])
  }

  @Test func changesNumbersWhereTheyAreWritten() {
    #expect(lines(.constantOff, in: 1) == ["#define PORT 3332", "#define PORT 3334"])
    #expect(lines(.delayScaled, in: 35) == ["vTaskDelay(1000);", "vTaskDelay(10);", "vTaskDelay(0);"])
    #expect(lines(.arithmetic, in: 21).contains("ssize_t count = receive(client, buffer, sizeof(buffer));"))
    #expect(
      lines(.sizeOff, in: 21).contains("ssize_t count = receive(client, buffer, (sizeof(buffer) + 1) - 1);"))
    #expect(lines(.byteOrderDropped, in: 36) == ["return (PORT);"])
  }

  @Test func changesJumpsLoopsAndReturns() {
    #expect(lines(.jump, in: 23) == ["continue;", "(void)0;"])
    #expect(lines(.returned, in: 26) == ["return 0;"])
    #expect(lines(.loopOnce, in: 33) == ["break; }"])
  }

  @Test func changesDeclarations() {
    #expect(lines(.bufferShorter, in: 18) == ["char buffer[64 - 1];", "char buffer[(64) / 2];"])
    #expect(lines(.lifetime, in: 18) == ["static char buffer[64];"])
    #expect(lines(.lifetime, in: 19) == ["static size_t length = 0;"])
    #expect(
      lines(.typeNarrowed, in: 21).contains("size_t count = receive(client, buffer, sizeof(buffer) - 1);"))
  }

  @Test func changesStringsAndLengths() {
    let strings = lines(.stringChanged, in: 29)
    for text in [#""GET\r""#, #""ET\r\n""#, #""gET\r\n""#, #""GET\n""#] {
      #expect(strings.contains { $0.contains(text) }, "\(text)")
    }
    #expect(lines(.wholeBuffer, in: 29) == [#"if (memcmp(buffer, "GET\r\n", sizeof(buffer)) == 0) {"#])
    #expect(lines(.stringLength, in: 29) == [#"if (memcmp(buffer, "GET\r\n", strlen(buffer)) == 0) {"#])
  }

  @Test func ofTasksOnlyTheStackIsChanged() {
    #expect(
      Set(mutants.filter { $0.line == 41 && $0.operator != .callDropped && $0.operator != .callRepeated }.map(\.after))
        == [#"xTaskCreate(serve, "serve", 1024);"#, #"xTaskCreate(serve, "serve", 512);"#])
  }

  @Test func swapsStatements() {
    #expect(
      mutants.contains {
        $0.operator == .statementsSwapped
          && $0.edit.applied(to: source).starts(with: source.bytes[..<$0.edit.range.lowerBound])
          && $0.after.hasPrefix("tries++")
      })
  }

  /// Nothing behind a change moves, so that a message about a line is about the same line as in the solution.
  @Test func noChangeMovesALine() {
    let count = source.bytes.count { $0 == 10 }
    for mutant in mutants { #expect(mutant.edit.applied(to: source).count { $0 == 10 } == count, "\(mutant)") }
  }

  @Test func everyMutantIsAnotherOne() {
    #expect(mutants.count > 80)
    #expect(Set(mutants.map { $0.edit.applied(to: source) }).count == mutants.count)
    #expect(Set(mutants.map(\.id)).count == mutants.count)
    #expect(Set(mutants.map(\.operator)) == Set(MutationOperator.allCases))
  }

  @Test func whatIsNoTreeIsRefused() {
    #expect(throws: (any Error).self) {
      try MutantSearch.mutants(of: source, file: "example.c", syntaxTree: Data("{".utf8))
    }
  }
}
