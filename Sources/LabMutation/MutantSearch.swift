// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// Finds the mistakes that can be made in a C source file.
public struct MutantSearch {
  private let source: CSource
  private let file: String
  private var edits: Set<SourceEdit> = []
  private var found: [Mutant] = []

  /// Finds them.
  /// - Parameters:
  ///   - source: the file's text.
  ///   - file: its path, relative to the program's folder.
  ///   - syntaxTree: what clang prints of it with `-ast-dump=json`.
  /// - Returns: the mutants in the order of the file, no two of them the same.
  /// - Throws: `LabError` if the syntax tree cannot be read.
  public static func mutants(of source: CSource, file: String, syntaxTree: Data) throws -> [Mutant] {
    let root: SyntaxNode
    do {
      root = try JSONDecoder().decode(SyntaxNode.self, from: syntaxTree)
    } catch {
      throw LabError(code: "prove.tree", message: "cannot read the syntax tree that clang made of \(file): \(error)")
    }
    var search = MutantSearch(source: source, file: file)
    for part in root.parts where part.loc?.expanded != nil { search.look(at: part, in: []) }
    return search.found.sorted { ($0.edit.range.lowerBound, $0.id) < ($1.edit.range.lowerBound, $1.id) }
  }

  private init(source: CSource, file: String) {
    self.source = source
    self.file = file
  }

  private mutating func look(at node: SyntaxNode, in ancestors: [SyntaxNode]) {
    guard node.kind != nil else { return }
    let site = MutationSite(node: node, ancestors: ancestors, source: source)
    for kind in MutationOperator.allCases {
      for edit in kind.edits(at: site) where edits.insert(edit).inserted { add(edit, kind, in: ancestors.first) }
    }
    for part in node.parts { look(at: part, in: ancestors + [node]) }
  }

  private mutating func add(_ edit: SourceEdit, _ kind: MutationOperator, in function: SyntaxNode?) {
    let lines = edit.lines(of: source)
    guard lines.before != lines.after else { return }
    found.append(
      Mutant(
        operator: kind, file: file, line: source.line(at: edit.range.lowerBound),
        function: function?.kind == "FunctionDecl" ? function?.name : nil, before: lines.before, after: lines.after,
        edit: edit))
  }
}
