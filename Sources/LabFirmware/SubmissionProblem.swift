// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Why a path cannot be built as a submission. Paths are those that the student gave.
public enum SubmissionProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// Nothing is there.
  case missing(String)
  /// It may not be read.
  case unreadable(String)
  /// A folder without a source.
  case empty(String)
  /// A source that is none, such as a compiled program.
  case binary(String)
  /// A project without `main/`, or something that is no file and no folder.
  case notAProject(String, reason: String)
  /// Sources in two languages.
  case mixed(c: String, swift: String)
  /// Sources in a language that the lab does not build.
  case foreign(String, language: String)
  /// Sources in another language than the one that was asked for.
  case wrongLanguage(String, is: FirmwareLanguage, wanted: FirmwareLanguage)
  /// More or bigger files than a submission may have.
  case tooBig(String, reason: String)
  /// A file that the project's build takes and that is not in the submission.
  case missingPart(String, of: String)
  /// A link that leads out of the submission.
  case linkOutside(String)
  /// A name that a build tool could take for something else than a name.
  case unusableName(String, reason: String)

  /// What is wrong, as a sentence without a final full stop.
  public var description: String {
    switch self {
    case .missing(let path): "there is nothing at \(path)"
    case .unreadable(let path): "\(path) cannot be read"
    case .empty(let path): "\(path) has no source file (*.c or *.swift)"
    case .binary(let path): "\(path) is not a source file: it holds binary data"
    case .notAProject(let path, let reason): "\(path) is not an ESP-IDF project: \(reason)"
    case .mixed(let c, let swift): "it has sources in two languages: \(c) is C, and \(swift) is Swift"
    case .foreign(let path, let language): "\(path) is \(language), which the lab does not build"
    case .wrongLanguage(let path, let language, let wanted):
      "\(path) is written in \(language.title), and \(wanted.title) was asked for"
    case .tooBig(let path, let reason): "\(path) is too big: \(reason)"
    case .missingPart(let path, let file): "\(file) names \(path), which is not in the submission"
    case .linkOutside(let path): "\(path) is a link that leads out of the submission"
    case .unusableName(let path, let reason): "the name \(path.debugDescription) cannot be used: \(reason)"
    }
  }

  /// What the student can do about it.
  public var hint: String {
    switch self {
    case .missing: "check the path; it may be a .c or .swift file, a folder of them, or an ESP-IDF project"
    case .unreadable: "check its permissions"
    case .empty, .notAProject:
      "hand in a .c or .swift file, a folder with at least one, or a project with CMakeLists.txt and main/"
    case .binary: "hand in the source, not what the compiler made of it"
    case .mixed:
      "hand in one program, in C or in Swift: take the files of the other language out, or write in Swift what they do; headers "
        + "of C may stand beside Swift (BridgingHeader.h)"
    case .foreign: "hand in C or Embedded Swift"
    case .wrongLanguage: "hand in the other version, or leave --language out: a program's own sources tell"
    case .tooBig: "hand in the sources alone, without build/ and other generated files"
    case .missingPart: "hand it in as well, or take its name out of that file"
    case .linkOutside: "put the file itself where the link is"
    case .unusableName: "give it a name of letters, digits, - and _"
    }
  }
}
