// SPDX-License-Identifier: Apache-2.0

/// Questions to the network process about what is under way.
extension RunRecord {
  /// A new question for the network process.
  func newToken() -> UInt64 {
    lastToken += 1
    return lastToken
  }

  /// Takes up that the network process has dealt with everything up to a question.
  func synchronized(_ answer: NetworkSynchronization) {
    if synchronizations.count > 100 { synchronizations = [:] }
    synchronizations[answer.token] = answer
    changed()
  }

  /// Waits for the network process to answer a question.
  /// - Returns: nil when it does not, or the run is being ended.
  func synchronization(_ token: UInt64) async -> NetworkSynchronization? {
    let patience = ownTime + HostPatience.answer
    while synchronizations[token] == nil {
      guard failure == nil, !Task.isCancelled, ownTime < patience else { return nil }
      await change()
    }
    return synchronizations.removeValue(forKey: token)
  }
}
