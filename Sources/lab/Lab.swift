// SPDX-License-Identifier: Apache-2.0
@main struct Lab {
  static func main() {}
}
