#include "adapters/slack/answer_addresses.h"

#include <algorithm>
#include <utility>

namespace osrbot::slack {

namespace {

constexpr std::size_t most_addresses = 1'000;
constexpr std::chrono::minutes lifetime{29};  // of 30: what is sent has to arrive
constexpr int uses = 5;

std::string name_of(const Place& place) {
  return place.workspace + " " + place.conversation;
}

}  // namespace

void AnswerAddresses::remember(const Place& place, std::string url, Time now) {
  const std::lock_guard lock(mutex_);
  std::erase_if(addresses_, [&](const Address& one) { return one.until <= now || one.place == name_of(place); });
  if (addresses_.size() >= most_addresses) addresses_.pop_front();
  addresses_.push_back({name_of(place), std::move(url), now + lifetime, uses});
}

std::optional<std::string> AnswerAddresses::take(const Place& place, Time now) {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(addresses_, name_of(place), &Address::place);
  if (found == addresses_.end()) return std::nullopt;
  if (found->until <= now || found->uses == 0) {
    addresses_.erase(found);
    return std::nullopt;
  }
  --found->uses;
  return found->url;
}

}  // namespace osrbot::slack
