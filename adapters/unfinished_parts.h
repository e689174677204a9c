// What went out of messages that did not go out whole, so that a retry repeats none of it.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace osrbot {

/// Remembers per conversation the parts that were sent of a message that failed half way. The next message there that
/// begins with the same parts goes on after them. Bounded, and in memory only: a message that was half sent when the
/// bot was killed is sent again from its first part. Thread-safe.
class UnfinishedParts {
 public:
  /// How many of the first of `parts` (as hashes) have been sent; the memory of it is gone. The last part is never
  /// skipped, so that there always is an answer that says how it went.
  std::size_t take(const std::string& conversation, const std::vector<std::size_t>& parts);

  /// The first `sent` of `parts` are sent, and the message is to be tried again.
  void remember(const std::string& conversation, std::vector<std::size_t> parts, std::size_t sent);

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, std::vector<std::size_t>> sent_;
};

}  // namespace osrbot
