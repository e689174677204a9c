#include "commands/matching/pool.h"

#include <algorithm>
#include <stop_token>
#include <utility>
#include <vector>

#include "commands/matching/contact_limits.h"

namespace osrbot::matching {
namespace {

constexpr int people_at_a_time = 5'000;  // short reads: a long one keeps the log of the database from being cut

std::chrono::sys_seconds free_from(const storage::Volunteer& volunteer, const MatchingConfig& config) {
  std::vector<Asked> asked;
  std::chrono::sys_seconds from = volunteer.paused_until.value_or(std::chrono::sys_seconds());
  for (const storage::Volunteer::Asked& one : volunteer.asked) {
    asked.push_back({.at = one.at, .answered = one.answered_at.has_value()});
    if (one.had_no_time) from = std::max(from, *one.answered_at + std::chrono::days(config.rest_days));
  }
  const auto next = next_contact(asked, config.limits);
  return next ? std::max(from, *next) : std::chrono::sys_seconds::max();
}

Index build(const std::filesystem::path& file, const IncomeGroups& incomes, const MatchingConfig& config,
            const std::stop_token& stop) {
  storage::Connection db(file, storage::Connection::Mode::read_only);
  Index index;
  std::optional<std::int64_t> last = 0;
  while (last && !stop.stop_requested()) {
    last = storage::volunteers::each(db, *last, people_at_a_time, history_needed(config.limits),
                                     [&](const storage::Volunteer& one) { index.put(facts_of(one, incomes, config)); });
  }
  return index;
}

}  // namespace

Facts facts_of(const storage::Volunteer& volunteer, const IncomeGroups& incomes, const MatchingConfig& config) {
  const bool lmic = incomes.is_lmic(volunteer.country);
  Facts facts{.person = volunteer.person_id,
              .skills = {},
              .hours = volunteer.hours,
              .discipline = volunteer.discipline,
              .languages = volunteer.languages,
              .time_zone = volunteer.time_zone,
              .lmic = lmic,
              .growth = lmic || volunteer.growth,
              .free_from = free_from(volunteer, config),
              .last_asked = volunteer.asked.empty() ? std::chrono::sys_seconds() : volunteer.asked.front().at};
  for (const storage::PersonSkill& one : volunteer.skills) {
    facts.skills.push_back({.id = one.skill, .learning = one.kind == storage::SkillKind::wants});
  }
  return facts;
}

Pool::Pool(IncomeGroups incomes, const MatchingConfig& config) : incomes_(std::move(incomes)), config_(config) {}

Pool::~Pool() = default;

void Pool::build_in_background(const std::filesystem::path& file) {
  file_ = file;
  since_start_.clear();
  std::promise<Index> promise;
  building_ = promise.get_future();
  builder_ = std::jthread([&incomes = incomes_, &config = config_, file,
                           promise = std::move(promise)](const std::stop_token& stop) mutable {
    try {
      promise.set_value(build(file, incomes, config, stop));
    } catch (...) {
      promise.set_exception(std::current_exception());
    }
  });
}

void Pool::wait() const {
  if (building_.valid()) building_.wait();
}

void Pool::adopt() {
  if (!building_.valid() || building_.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return;
  try {
    index_ = building_.get();
  } catch (const storage::Error&) {
    build_in_background(file_);  // what kept the database from being read may be over
    return;
  }
  built_ = true;
  unsettled_.merge(since_start_);
  since_start_.clear();
}

void Pool::read_again(storage::Connection& db, const std::set<std::int64_t>& people) {
  for (const std::int64_t person : people) {
    const auto volunteer = storage::volunteers::find(db, person, history_needed(config_.limits));
    if (volunteer) {
      index_.put(facts_of(*volunteer, incomes_, config_));
    } else {
      index_.remove(person);
    }
  }
}

void Pool::settle(storage::Connection& db) {
  const auto changed = storage::volunteers::changed(db);
  if (!changed.empty()) {
    unsettled_.insert(changed.begin(), changed.end());
    if (building_.valid()) since_start_.insert(changed.begin(), changed.end());
    storage::volunteers::forget_changes(db);
  }
  adopt();
  if (built_) read_again(db, unsettled_);
  unsettled_.clear();
  if (index_.worn_out() && !building_.valid()) build_in_background(file_);
}

const Index* Pool::index(storage::Connection& db) {
  adopt();
  if (!built_) return nullptr;
  const auto changed = storage::volunteers::changed(db);
  unsettled_.insert(changed.begin(), changed.end());
  read_again(db, unsettled_);
  return &index_;
}

}  // namespace osrbot::matching
