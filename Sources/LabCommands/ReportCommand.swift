// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import LabModel
import LabReports

/// Makes a page of a run.
struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Make a page of a run for the browser.",
    discussion: """
      The page has the checks with what explains them, the compiler's messages, a diagram of the segments on the wire for each \
      check, and the transcript. It is one file that loads nothing.

        lab report runs/3-20261122-230548-001
      """)

  @Argument(help: "The run folder.", completion: .directory)
  var folder: String

  @Option(
    help: ArgumentHelp("The page; report.html in the run folder unless told. It is written over.", valueName: "file"))
  var output: String?

  @Flag(
    name: .customLong("instructor"),
    help: "Show what a student does not see as well: hidden checks, and hints of later attempts.")
  var isForInstructor = false

  func run() async throws {
    let console = Console.current
    let material = try RunMaterial(folder: console.resolve(folder), shown: folder)
    let page = RunPage(
      material, heading: material.result.submission, for: isForInstructor ? .instructor : .student)
    let file = output.map(console.resolve) ?? console.resolve(folder).appending(path: "report.html")
    do {
      try WholeFile.write(page.render(), to: file)
    } catch var error as LabError {
      // A folder that is not there is the call's; a disk that is full is not.
      error.isUsage = error.code != "disk.full"
      throw error
    }
    console.output.write("\(Printout(path: console.shown(file)))\n")
  }
}

extension RunMaterial {
  /// Reads what a run left in its folder.
  /// - Parameters:
  ///   - folder: the run folder.
  ///   - shown: its path, as messages are to name it.
  /// - Throws: `LabError` if there is no result in it; transcript and capture may be missing.
  init(folder: URL, shown: String) throws {
    guard let data = try? Data(contentsOf: folder.appending(path: "result.json")) else {
      throw LabError(
        code: "report.missing", message: "there is no result.json in \(shown)", remedy: "Name the folder of a run.",
        isUsage: true)
    }
    do {
      self.init(result: try JSONDecoder().decode(RunResult.self, from: data))
    } catch {
      throw LabError(code: "report.result", message: "\(shown)/result.json is not the result of a run", isUsage: true)
    }
    transcript = Self.beginning(of: folder.appending(path: "transcript.txt")).map {
      String(decoding: $0, as: UTF8.self)
    }
    capture = Self.beginning(of: folder.appending(path: "capture.pcapng")).map(Array.init)
  }

  /// As much of a file as a page is made of: a program can fill far more than anyone reads.
  private static func beginning(of file: URL) -> Data? {
    guard let handle = try? FileHandle(forReadingFrom: file) else { return nil }
    defer { try? handle.close() }
    return try? handle.read(upToCount: 16 << 20) ?? Data()
  }
}
