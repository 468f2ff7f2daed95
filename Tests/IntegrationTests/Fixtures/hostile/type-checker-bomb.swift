// SPDX-License-Identifier: Apache-2.0
// Submission: an expression that the type checker cannot come to an end with.
// verdict: fail
// says: reasonable time
import ESP32

let a = 1, b = 2.0
let sum =
  -(1 + 2.0) + [a, 1 + 2 * 3].map { -$0 + 1 }.reduce(0, +)
  - (-(1) + -(b) + [1, 2.0, 3].map { $0 * -1 }.reduce(0) { $0 + -$1 + 1 * 2.0 / 3 - 4 })
  + (1 as Double) * -2 + 3.0 / 4 - [5: 6.0][5]! + -7 * (8 - 9.0 + [1.0, 2, 3].map { -$0 }.reduce(1, *))

@main struct Bomb {
  static func main() {}
}
