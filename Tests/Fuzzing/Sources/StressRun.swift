// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What libFuzzer calls before anything else. With `LAB_FUZZED_STRESS` set, the reader is tried with texts of all shapes instead, and the process ends.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: UnsafeMutablePointer<CInt>?, _ arguments: UnsafeMutableRawPointer?) -> CInt {
  guard ProcessInfo.processInfo.environment["LAB_FUZZED_STRESS"] != nil else { return 0 }
  exit(StressRun(reader: .chosen).run() ? 0 : 1)
}

/// Feeds a reader with texts of 1 MiB, and looks how much processor time it needs for them.
struct StressRun {
  let reader: FuzzedReader

  /// How long the texts are, and how long the shorter ones that they are compared with.
  private static let (size, shortSize) = (1 << 20, 1 << 18)
  /// How many seconds of processor time the reader may need for one.
  private static let limit = 2.0
  /// How many times what it needs for a quarter. What grows with the square of the length needs sixteen times as much.
  private static let growth = 8.0
  /// Below so many seconds the comparison says nothing.
  private static let leastTime = 0.4

  /// - Returns: whether the reader is quick enough with all of them.
  func run() -> Bool {
    var isQuick = true
    var slowest = (time: 0.0, name: "")
    // What is made once does not count.
    reader.read([])
    for shape in reader.shapes {
      let short = time(shape, Self.shortSize)
      // One that is as slow as this with a quarter of the text need not be waited for.
      guard short < 4 * Self.limit else {
        say("FAIL  \(reader.rawValue): \(shape.name) takes \(rounded(short)) s for \(Self.shortSize >> 10) KiB")
        isQuick = false
        continue
      }
      let long = time(shape, Self.size)
      if long > slowest.time { slowest = (long, shape.name) }
      guard long > Self.limit || (long > Self.leastTime && long > Self.growth * short) else { continue }
      print(
        "FAIL  \(reader.rawValue): \(shape.name) takes \(rounded(long)) s, and \(rounded(short)) s for a quarter of it")
      isQuick = false
    }
    say("\(reader.shapes.count) shapes, the slowest \(slowest.name) with \(rounded(slowest.time)) s")
    return isQuick
  }

  /// The seconds of processor time that the reader needs, in all its threads.
  private func time(_ shape: StressShape, _ size: Int) -> Double {
    let bytes = shape.bytes(size)
    precondition(bytes.count == size)
    let start = Self.now()
    reader.read(bytes)
    return Self.now() - start
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Unbuffered: the process may not live to its end.
  private func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

  private func rounded(_ seconds: Double) -> Double { (seconds * 100).rounded() / 100 }
}
