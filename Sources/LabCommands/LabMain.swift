// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import LabModel
import LabReports

/// The program.
public enum LabMain {
  /// Runs a command line.
  /// - Parameters:
  ///   - arguments: the arguments, without the program's name.
  ///   - console: what surrounds the command.
  /// - Returns: the exit code: 0, 10 (a check failed), 11 (the lab failed), 64 (usage), or 128 and the number of the signal that
  ///   ended the run.
  public static func run(_ arguments: [String], console: Console = .process) async -> Int32 {
    // A reader or a guest that goes away is an error of the write, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    let code = await Console.$current.withValue(console) { await dispatch(arguments, console) }
    guard let failure = console.output.failure else { return code }
    console.errors.write(Printout(failure))
    return ExitCode.labFailed.rawValue
  }

  private static func dispatch(_ arguments: [String], _ console: Console) async -> Int32 {
    do {
      var command = try LabCommand.parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return ExitCode.success.rawValue
    } catch let code as ExitCode {
      return code.rawValue
    } catch let interruption as Interruption {
      report(interruption.error, arguments, console)
      return interruption.exitCode
    } catch let error as LabError {
      report(error, arguments, console)
      return error.isUsage ? ExitCode.validationFailure.rawValue : ExitCode.labFailed.rawValue
    } catch {
      return parserExit(error, arguments, console)
    }
  }

  /// Help, the version, a wrong call, or an error that nobody foresaw.
  private static func parserExit(_ error: any Error, _ arguments: [String], _ console: Console) -> Int32 {
    let text = LabCommand.fullMessage(for: error)
    switch LabCommand.exitCode(for: error) {
    case .success:
      console.output.write(Printout(own: text + "\n"))
      return ExitCode.success.rawValue
    case .validationFailure:
      if wantsJSON(arguments) {
        let message = LabCommand.message(for: error)
        report(LabError(code: "usage", message: message, isUsage: true), arguments, console)
      } else {
        console.errors.write(usage(LabCommand.message(for: error), in: text))
      }
      return ExitCode.validationFailure.rawValue
    default:
      report(LabError(code: "internal", message: "\(error)"), arguments, console)
      return ExitCode.labFailed.rawValue
    }
  }

  private static func report(_ error: LabError, _ arguments: [String], _ console: Console) {
    if wantsJSON(arguments), (try? console.output.write(json: JSONReport.Failure(error: error))) != nil { return }
    console.errors.write(Printout(error))
  }

  /// A wrong call, with how it is done.
  /// - Parameters:
  ///   - message: what is wrong, which may quote the call.
  ///   - text: the same, with what the parser says of itself around it.
  private static func usage(_ message: String, in text: String) -> Printout {
    guard let range = text.firstRange(of: message), !message.isEmpty else { return Printout(own: text + "\n") }
    // What stands before it does not quote the call, and what stands behind it tells of options alone.
    return Printout(own: String(text[..<range.lowerBound])) + Printout(following: message)
      + Printout(own: String(text[range.upperBound...]) + "\n")
  }

  /// Whether the caller asked for JSON, told from the words since a call that cannot be parsed has no options.
  private static func wantsJSON(_ arguments: [String]) -> Bool {
    let words = arguments.prefix { $0 != "--" }
    return words.contains("--format=json")
      || zip(words, words.dropFirst()).contains { $0 == "--format" && $1 == "json" }
  }
}

extension ExitCode {
  /// Some check failed, or the submission did not build.
  static let checkFailed = ExitCode(10)
  /// The lab failed, not the submission.
  static let labFailed = ExitCode(11)
}
