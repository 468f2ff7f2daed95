// SPDX-License-Identifier: Apache-2.0

/// The form of `class.json`, for programs that read it.
public enum ClassSchema {
  /// A JSON Schema of draft 2020-12, with one line break at its end.
  public static let json = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Result of a class that the ESP32 lab graded",
      "description": "For the instructor: it has what students do not see.",
      "type": "object",
      "required": ["schema", "lab", "title", "maximum", "checks", "students", "problems"],
      "additionalProperties": false,
      "properties": {
        "schema": {"const": 1, "description": "The version of this format."},
        "lab": {"type": "string", "description": "The lab's id."},
        "title": {"type": "string", "description": "The lab's title."},
        "maximum": {"type": "integer", "minimum": 0, "description": "The points that a submission can earn."},
        "checks": {"type": "array", "items": {"$ref": "#/$defs/check"}, "description": "The lab's checks, in its order."},
        "students": {"type": "array", "items": {"$ref": "#/$defs/student"}, "description": "Sorted by the key student."},
        "problems": {
          "type": "array", "items": {"type": "string"},
          "description": "What was found in the class folder or in the roster that belongs to no student's verdict."
        }
      },
      "$defs": {
        "visibility": {"enum": ["student", "instructor"], "description": "Who is meant to see the check."},
        "check": {
          "type": "object",
          "required": ["id", "title", "maximum", "visibility"],
          "additionalProperties": false,
          "properties": {
            "id": {"type": "string"},
            "title": {"type": "string"},
            "maximum": {"type": "integer", "minimum": 0},
            "visibility": {"$ref": "#/$defs/visibility"}
          }
        },
        "student": {
          "type": "object",
          "required": ["student", "verdict", "points", "maximum", "checks", "attempts"],
          "additionalProperties": false,
          "properties": {
            "student": {"type": "string", "description": "Who handed it in. Hostile text."},
            "name": {"type": "string", "description": "From the roster."},
            "email": {"type": "string", "description": "From the roster."},
            "submission": {"type": "string", "description": "The path in the class folder; absent if there is none."},
            "digest": {"type": "string", "description": "The SHA-256 of what was handed in."},
            "verdict": {
              "enum": ["pass", "fail", "error", "missing"],
              "description": "error: the lab failed, and nothing can be said of the submission. missing: there is none."
            },
            "points": {"type": "integer", "minimum": 0, "description": "0 and meaningless without a verdict of pass or fail."},
            "maximum": {"type": "integer", "minimum": 0},
            "isBuilt": {"type": "boolean"},
            "buildFailure": {"type": "string", "description": "One sentence for a failed build."},
            "checks": {"type": "array", "items": {"$ref": "#/$defs/outcome"}},
            "attempts": {"type": "array", "items": {"$ref": "#/$defs/attempt"}, "description": "The last one decided."}
          }
        },
        "outcome": {
          "type": "object",
          "required": ["id", "title", "status", "points", "maximum", "hints", "visibility"],
          "additionalProperties": false,
          "properties": {
            "id": {"type": "string"},
            "title": {"type": "string"},
            "status": {"enum": ["pass", "fail", "skipped", "error"]},
            "points": {"type": "integer", "minimum": 0},
            "maximum": {"type": "integer", "minimum": 0},
            "hints": {"type": "array", "items": {"type": "string"}, "description": "The most likely first."},
            "visibility": {"$ref": "#/$defs/visibility"}
          }
        },
        "attempt": {
          "type": "object",
          "required": ["verdict", "runFolder"],
          "additionalProperties": false,
          "properties": {
            "verdict": {"enum": ["pass", "fail", "error"]},
            "error": {"$ref": "#/$defs/error"},
            "runFolder": {"type": "string", "description": "Relative to the folder of the class's results."}
          }
        },
        "error": \(LabErrorSchema.definition)
      }
    }

    """
}
