// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// As much of JSON Schema as the lab's own schemas use.
enum SchemaCheck {
  typealias Object = [String: Any]

  static func object(_ json: String) throws -> Object {
    try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? Object)
  }

  /// What of a value a schema does not allow; as much of JSON Schema as ours uses.
  static func problems(of value: Any, _ schema: Object, in root: Object, at path: String) -> [String] {
    if let reference = schema["$ref"] as? String {
      let name = String(reference.dropFirst("#/$defs/".count))
      guard let definition = (root["$defs"] as? Object)?[name] as? Object else { return ["\(path): no \(reference)"] }
      return problems(of: value, definition, in: root, at: path)
    }
    var problems: [String] = []
    if let values = schema["enum"] as? [String], !values.contains(value as? String ?? "") {
      problems.append("\(path): enum")
    }
    if let constant = schema["const"] as? Int, value as? Int != constant { problems.append("\(path): const") }
    let isOfType =
      switch schema["type"] as? String {
      case "object": value is Object
      case "array": value is [Any]
      case "string": value is String
      case "boolean": value is Bool
      case "integer": (value as? NSNumber).map { $0.doubleValue == $0.doubleValue.rounded() } ?? false
      case "number": value is NSNumber
      default: true
      }
    if !isOfType { problems.append("\(path): type") }
    if let pattern = schema["pattern"] as? String, let text = value as? String,
      text.range(of: pattern, options: .regularExpression) == nil
    {
      problems.append("\(path): pattern")
    }
    if let items = schema["items"] as? Object, let values = value as? [Any] {
      for (index, value) in values.enumerated() {
        problems += Self.problems(of: value, items, in: root, at: "\(path)[\(index)]")
      }
    }
    if let members = value as? Object, let properties = schema["properties"] as? Object {
      for key in schema["required"] as? [String] ?? [] where members[key] == nil {
        problems.append("\(path).\(key): missing")
      }
      for (key, member) in members {
        guard let property = properties[key] as? Object else {
          problems.append("\(path).\(key): unknown")
          continue
        }
        problems += Self.problems(of: member, property, in: root, at: "\(path).\(key)")
      }
    }
    return problems
  }

  /// What of a JSON text a schema does not allow; each problem begins with its place, from `name` on.
  static func problems(of json: String, schema: String, name: String) throws -> [String] {
    let schema = try object(schema)
    return problems(of: try object(json), schema, in: schema, at: name)
  }
}
