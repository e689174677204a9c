// The X adapter's durable memory, kept in memory: it survives the adapter, as the bot's database does.
#pragma once

#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>

#include "adapters/x/journal.h"

namespace osrbot::fakes {

class MemoryJournal final : public x::Journal {
 public:
  std::map<std::string, x::Spending> spent(const std::string& month) override {
    const std::lock_guard lock(mutex_);
    return spending_[month];
  }
  void charge(const std::string& month, x::Charge what, std::int64_t count, MicroDollars amount) override {
    if (full_disk) throw std::runtime_error("the disk is full");
    const std::lock_guard lock(mutex_);
    auto& spending = spending_[month][std::string(charge_name(what))];
    spending.count += count;
    spending.amount += amount;
  }
  void summoned(const std::vector<std::string>& keys) override {
    const std::lock_guard lock(mutex_);
    for (const std::string& key : keys) answers_.emplace(key, 0);
  }
  bool may_answer(const std::string& post_id, std::int64_t message) override {
    const std::lock_guard lock(mutex_);
    const auto found = answers_.find(post_id);
    if (found == answers_.end() || (found->second != 0 && found->second != message)) return false;
    found->second = message;
    return true;
  }
  bool has_summoned(const std::string& key) override {
    const std::lock_guard lock(mutex_);
    return answers_.contains(key);
  }
  std::vector<x::Part> parts(std::int64_t message) override {
    const std::lock_guard lock(mutex_);
    return parts_[message];
  }
  void begin_part(std::int64_t message, std::size_t part) override { part_of(message, part) = {.begun = true}; }
  void finish_part(std::int64_t message, std::size_t part, const std::string& post_id) override {
    if (part == dies_after) throw std::runtime_error("the bot is killed");
    part_of(message, part) = {.begun = true, .post_id = post_id};
  }
  void undo_part(std::int64_t message, std::size_t part) override {
    const std::lock_guard lock(mutex_);
    parts_[message].resize(part);
  }

  /// X has this part, and the bot is killed before it could note that.
  std::optional<std::size_t> dies_after;
  std::atomic<bool> full_disk = false;

  std::int64_t total() {
    const std::lock_guard lock(mutex_);
    std::int64_t sum = 0;
    for (const auto& [month, by_kind] : spending_) {
      for (const auto& [kind, spending] : by_kind) sum += spending.amount;
    }
    return sum;
  }
  std::int64_t count(const std::string& kind) {
    const std::lock_guard lock(mutex_);
    std::int64_t sum = 0;
    for (auto& [month, by_kind] : spending_) sum += by_kind[kind].count;
    return sum;
  }

 private:
  x::Part& part_of(std::int64_t message, std::size_t part) {
    const std::lock_guard lock(mutex_);
    auto& parts = parts_[message];
    if (parts.size() <= part) parts.resize(part + 1);
    return parts[part];
  }

  std::mutex mutex_;
  std::map<std::string, std::map<std::string, x::Spending>> spending_;
  std::map<std::string, std::int64_t> answers_;
  std::map<std::int64_t, std::vector<x::Part>> parts_;
};

}  // namespace osrbot::fakes
