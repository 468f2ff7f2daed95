// SPDX-License-Identifier: Apache-2.0
@main struct LabNetworkMain {
  static func main() {}
}
