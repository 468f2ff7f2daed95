// SPDX-License-Identifier: Apache-2.0

/// The form of `result.json`, for programs that read it.
public enum ResultSchema {
  /// A JSON Schema of draft 2020-12, with one line break at its end.
  public static let json = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Result of a run of the ESP32 lab",
      "description": "It is complete: what a student is not meant to see is marked so, and not left out.",
      "type": "object",
      "required": [
        "schema", "lab", "title", "submission", "emulator", "sdk", "chip", "verdict", "points", "maximum", "checks", "runFolder",
        "seconds", "scenarioWaitSeconds"
      ],
      "additionalProperties": false,
      "properties": {
        "schema": {"const": 1, "description": "The version of this format."},
        "lab": {"type": "string", "description": "The lab's id."},
        "title": {"type": "string", "description": "The lab's title."},
        "submission": {"type": "string", "description": "The submission's path as it was given."},
        "emulator": {"enum": ["espressif", "bundled"]},
        "sdk": {"enum": ["idf", "bundled", "prebuilt"]},
        "chip": {"enum": ["esp32", "esp32c3", "esp32s3"]},
        "attempt": {"type": "integer", "minimum": 1, "description": "Which of the student's attempts it is; 1 if absent."},
        "verdict": {
          "enum": ["pass", "fail", "error"],
          "description": "error: the lab failed, and nothing can be said of the submission."
        },
        "points": {"type": "integer", "minimum": 0},
        "maximum": {"type": "integer", "minimum": 0},
        "build": {"$ref": "#/$defs/build"},
        "checks": {"type": "array", "items": {"$ref": "#/$defs/check"}},
        "error": {"$ref": "#/$defs/error"},
        "runFolder": {"type": "string"},
        "seconds": {"type": "number", "minimum": 0, "description": "Wall time from start to verdict."},
        "scenarioWaitSeconds": {
          "type": "number", "minimum": 0, "description": "Wall time that the scenario itself waits for."
        }
      },
      "$defs": {
        "build": {
          "type": "object",
          "required": ["succeeded", "messages", "seconds"],
          "additionalProperties": false,
          "properties": {
            "succeeded": {"type": "boolean"},
            "language": {"enum": ["c", "swift"]},
            "reason": {"type": "string", "description": "One sentence for a failed build."},
            "messages": {"type": "string", "description": "The compiler's messages, with the paths that the student knows."},
            "seconds": {"type": "number", "minimum": 0}
          }
        },
        "check": {
          "type": "object",
          "required": ["id", "title", "status", "points", "maximum", "evidence", "hints", "duration"],
          "additionalProperties": false,
          "properties": {
            "id": {"type": "string"},
            "title": {"type": "string"},
            "status": {"enum": ["pass", "fail", "skipped", "error"]},
            "points": {"type": "integer", "minimum": 0},
            "maximum": {"type": "integer", "minimum": 0},
            "expected": {"type": "string"},
            "seen": {"type": "string"},
            "conversation": {
              "type": "array", "items": {"type": "string"},
              "description": "The steps of a lab file that make it fail, where the lab made them up."
            },
            "evidence": {"type": "array", "items": {"$ref": "#/$defs/evidence"}},
            "hints": {"type": "array", "items": {"type": "string"}, "description": "The most likely first."},
            "duration": {"type": "integer", "minimum": 0, "description": "Guest time in nanoseconds."},
            "visibility": {
              "enum": ["student", "instructor"], "description": "Who is meant to see the check; student if absent."
            },
            "hintAfter": {
              "type": "integer", "minimum": 1,
              "description": "The attempt from which on the hints are meant to be shown to a student; 1 if absent."
            }
          }
        },
        "evidence": {
          "type": "object",
          "required": ["line", "entry"],
          "additionalProperties": false,
          "properties": {
            "line": {"type": "integer", "minimum": 1, "description": "The line's number in transcript.txt."},
            "entry": {
              "type": "object",
              "required": ["time", "source", "text"],
              "additionalProperties": false,
              "properties": {
                "time": {"type": "integer", "minimum": 0, "description": "Guest time in nanoseconds."},
                "source": {"type": "string", "pattern": "^(lab|uart|wire|peer:.*)$"},
                "text": {"type": "string", "description": "What the device printed is hostile text."}
              }
            }
          }
        },
        "error": \(LabErrorSchema.definition)
      }
    }

    """
}
