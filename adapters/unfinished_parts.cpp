#include "adapters/unfinished_parts.h"

#include <algorithm>
#include <utility>

namespace osrbot {

namespace {

constexpr std::size_t most_conversations = 1'000;

}  // namespace

std::size_t UnfinishedParts::take(const std::string& conversation, const std::vector<std::size_t>& parts) {
  const std::lock_guard lock(mutex_);
  const auto found = sent_.find(conversation);
  if (found == sent_.end()) return 0;
  const auto sent = std::move(found->second);
  sent_.erase(found);
  const bool same = sent.size() < parts.size() && std::equal(sent.begin(), sent.end(), parts.begin());
  return same ? sent.size() : 0;
}

void UnfinishedParts::remember(const std::string& conversation, std::vector<std::size_t> parts, std::size_t sent) {
  if (sent == 0) return;
  parts.resize(sent);
  const std::lock_guard lock(mutex_);
  if (sent_.size() >= most_conversations) sent_.erase(sent_.begin());
  sent_.insert_or_assign(conversation, std::move(parts));
}

}  // namespace osrbot
