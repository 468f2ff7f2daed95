// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// The root command.
struct LabCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lab",
    abstract: "Build, boot and grade ESP32 network programs, without a board.",
    usage: """
      lab [run] <lab> [<path>] [<options>]
      lab grade <lab> <folder> --output <folder> [<options>]
      lab list | doctor | validate | new-lab | prove | bench | report [<options>]
      """,
    discussion: """
      lab builds a program for the ESP32-C3, boots it on an emulated board, plays the other side of its network, and grades what \
      it saw there.

        lab list               the labs there are
        lab 3                  try lab 3 with the course's own solution
        lab 3 my/main.c        grade your own program (a file or a folder)
        lab doctor             what a run would use, and what is missing

      Exit codes: 0 all checks passed, 10 some check failed or the program did not build, 11 the lab itself failed, 64 the call \
      was wrong, 130 stopped with Ctrl-C.
      """,
    version: "0.1.0",
    subcommands: [
      RunCommand.self, GradeCommand.self, ListCommand.self, DoctorCommand.self, ValidateCommand.self,
      NewLabCommand.self, ProveCommand.self, BenchCommand.self, ReportCommand.self, SchemaCommand.self,
    ],
    defaultSubcommand: RunCommand.self)
}
