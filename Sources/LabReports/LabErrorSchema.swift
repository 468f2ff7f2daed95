// SPDX-License-Identifier: Apache-2.0

/// The form of a `LabError` in `result.json` and `class.json`.
enum LabErrorSchema {
  /// A JSON Schema to stand below `$defs`.
  static let definition = """
    {
          "type": "object",
          "required": ["code", "message", "isUsage"],
          "additionalProperties": false,
          "properties": {
            "code": {"type": "string"},
            "message": {"type": "string"},
            "remedy": {"type": "string"},
            "isUsage": {"type": "boolean", "description": "Whether the call is at fault, and not the lab."}
          }
        }
    """
}
