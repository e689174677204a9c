#include "adapters/slack/inbox.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace osrbot::slack {

namespace {

constexpr std::size_t most_waiting = 4'096;
constexpr std::size_t largest_batch = 256;
// After the commit of a submission its answer is on its way to send(): so long the dialog stays open for it.
constexpr std::chrono::milliseconds answer_follows{250};

}  // namespace

bool Inbox::put(Reading reading, Acknowledge acknowledge) {
  if (!reading.problem.empty()) {
    ++counts_.unreadable;
    log_(LogLevel::warning, fmt::format("something from Slack cannot be read and is skipped: {}", reading.problem));
  }
  // What is of no use is answered all the same: it would not get better by being sent again.
  if (!reading.update && !reading.uninstalled) {
    acknowledge(true, {});
    return true;
  }
  const std::lock_guard lock(mutex_);
  if (closed_ || waiting_.size() >= most_waiting) return false;
  waiting_.push_back({std::move(reading), std::move(acknowledge)});
  arrived_.notify_one();
  return true;
}

bool Inbox::put_work(std::function<void()> work) {
  const std::lock_guard lock(mutex_);
  if (closed_) return false;
  work_.push_back(std::move(work));
  arrived_.notify_one();
  return true;
}

bool Inbox::answer_submission(const std::string& dialog, const std::string& payload) {
  Acknowledge acknowledge;
  {
    const std::lock_guard lock(mutex_);
    const auto found = submissions_.find(dialog);
    if (found == submissions_.end()) return false;
    acknowledge = std::move(found->second.acknowledge);
    submissions_.erase(found);
  }
  acknowledge(true, payload);
  return true;
}

std::vector<Inbox::Arrival> Inbox::take(const std::stop_token& stop, std::vector<std::function<void()>>& work) {
  std::unique_lock lock(mutex_);
  Time due = Time::max();
  for (const auto& [dialog, submission] : submissions_) due = std::min(due, submission.due);
  const auto anything = [&] { return !waiting_.empty() || !work_.empty(); };
  if (due == Time::max()) {
    arrived_.wait(lock, stop, anything);
  } else {
    arrived_.wait_until(lock, stop, due, anything);
  }
  work = std::exchange(work_, {});
  const auto count = static_cast<std::ptrdiff_t>(std::min(waiting_.size(), largest_batch));
  std::vector<Arrival> out(std::move_iterator(waiting_.begin()), std::move_iterator(waiting_.begin() + count));
  waiting_.erase(waiting_.begin(), waiting_.begin() + count);
  for (auto& [reading, acknowledge] : out) {
    if (!reading.update || reading.update->kind != UpdateKind::submitted) continue;
    // From now on its answer may come at any time.
    submissions_.insert_or_assign(reading.update->dialog, Submission{std::exchange(acknowledge, nullptr)});
  }
  return out;
}

void Inbox::acknowledge_late_submissions() {
  std::vector<Acknowledge> late;
  {
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    for (auto one = submissions_.begin(); one != submissions_.end();) {
      if (one->second.due <= now) {
        late.push_back(std::move(one->second.acknowledge));
        one = submissions_.erase(one);
      } else {
        ++one;
      }
    }
  }
  for (const auto& acknowledge : late) acknowledge(true, {});
}

bool Inbox::handle(const std::stop_token& stop, std::vector<Arrival> arrivals, const Steps& steps,
                   const Deliver& deliver) {
  std::vector<Reading> readings;
  for (auto& arrival : arrivals) readings.push_back(std::move(arrival.reading));
  steps.before(stop, readings);
  Batch batch{.adapter = "slack", .updates = {}, .cursor = {}};
  for (auto& reading : readings) {
    if (reading.update) batch.updates.push_back(*reading.update);
  }
  const bool durable = batch.updates.empty() || deliver(std::move(batch));
  for (const auto& arrival : arrivals) {
    if (arrival.acknowledge) arrival.acknowledge(durable, {});
  }
  if (!durable) return false;
  {
    const std::lock_guard lock(mutex_);
    const auto due = std::chrono::steady_clock::now() + answer_follows;
    for (auto& [dialog, submission] : submissions_) submission.due = std::min(submission.due, due);
  }
  for (const auto& reading : readings) steps.after(reading);
  return true;
}

void Inbox::run(const std::stop_token& stop, const Steps& steps, const Deliver& deliver) {
  while (!stop.stop_requested()) {
    std::vector<std::function<void()>> work;
    auto arrivals = take(stop, work);
    for (const auto& one : work) one();
    if (!arrivals.empty() && !handle(stop, std::move(arrivals), steps, deliver)) break;
    acknowledge_late_submissions();
  }
  close();
}

void Inbox::close() {
  std::vector<Acknowledge> left;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    for (auto& arrival : waiting_) left.push_back(std::move(arrival.acknowledge));
    for (auto& [dialog, submission] : submissions_) left.push_back(std::move(submission.acknowledge));
    waiting_.clear();
    submissions_.clear();
    work_.clear();
  }
  for (const auto& acknowledge : left) acknowledge(false, {});
}

}  // namespace osrbot::slack
