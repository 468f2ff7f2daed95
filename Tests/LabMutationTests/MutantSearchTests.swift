// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabMutation
import Testing

@Suite struct ScratchTests {
  @Test func scratch() throws {
    let source = CSource(Array(FileManager.default.contents(atPath: "/work/main/firmware/03-command-server/main/main.c")!))
    let began = Date()
    let mutants = try MutantSearch.mutants(of: source, file: "main.c", syntaxTree: FileManager.default.contents(atPath: "/tmp/ast.json")!)
    print(Date().timeIntervalSince(began), mutants.count)
    for m in mutants { print(m.operator.rawValue, m.line, m.before.prefix(90), "=>", m.after.prefix(100)) }
  }
}
