// SPDX-License-Identifier: Apache-2.0

/// A name that the device asked for.
public enum ResolvedName: Hashable, Sendable {
  /// It asked for none.
  case nothing
  /// It asked for this one.
  case name(String)

  /// Whether it holds for the names that were asked for. Case and a final dot do not matter.
  public func holds(for names: some Sequence<String>) -> Bool {
    switch self {
    case .nothing: !names.contains { _ in true }
    case .name(let name): names.contains { Self.canonical($0) == Self.canonical(name) }
    }
  }

  private static func canonical(_ name: String) -> String {
    let lower = name.lowercased()
    return lower.hasSuffix(".") ? String(lower.dropLast()) : lower
  }
}
