// SPDX-License-Identifier: Apache-2.0

/// How long a process of a run may take to come up before the lab gives up on the host.
public enum StartPatience {
  /// A host with a dozen runs at once, and other work, takes more than a minute at times. A process that ends is told at once.
  public static let limit = Duration.seconds(300)
}
