#include "commands/matching/index.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <set>
#include <tuple>

namespace osrbot::matching {
namespace {

constexpr std::uint32_t never = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t few = 1024;  // dead rows that are not worth building anew

std::uint32_t seconds(std::chrono::sys_seconds time) {
  const auto count = time.time_since_epoch().count();
  return count <= 0 ? 0 : count >= never ? never : static_cast<std::uint32_t>(count);
}

/// The lot that a person draws (splitmix64).
std::uint64_t lot(std::uint64_t seed, std::int64_t person) {
  std::uint64_t x = seed * 0x9e3779b97f4a7c15 + static_cast<std::uint64_t>(person);
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

}  // namespace

/// Keeps the best of those whom it is shown. A heap with the worst of them on top: whoever is no better costs one
/// comparison.
class Index::Ranking {
 public:
  Ranking(std::size_t limit, std::uint64_t seed) : limit_(limit), seed_(seed) { best_.reserve(limit); }

  /// Whether somebody comes after all of the best, whatever the lots say.
  bool is_hopeless(int points, std::uint32_t last_asked) const {
    return best_.size() == limit_ &&
           std::tie(best_.front().points, last_asked) > std::tie(points, best_.front().last_asked);
  }

  void consider(const Row& row, const Fit& fit, const Kind& kind) {
    const Entry entry{.points = fit.total(),
                      .last_asked = row.last_asked,
                      .person = row.person,
                      .lot = lot(seed_, row.person),
                      .candidate = {.person = row.person, .fit = fit, .learning = kind.learning, .lmic = kind.lmic}};
    if (best_.size() == limit_) {
      if (!(entry < best_.front())) return;
      std::pop_heap(best_.begin(), best_.end());
      best_.pop_back();
    }
    best_.push_back(entry);
    std::push_heap(best_.begin(), best_.end());
  }

  std::vector<Candidate> take() {
    std::sort_heap(best_.begin(), best_.end());
    std::vector<Candidate> candidates;
    candidates.reserve(best_.size());
    for (const Entry& entry : best_) candidates.push_back(entry.candidate);
    return candidates;
  }

 private:
  struct Entry {
    int points = 0;
    std::uint32_t last_asked = 0;
    std::int64_t person = 0;
    std::uint64_t lot = 0;
    Candidate candidate = {};

    /// The better one is smaller.
    bool operator<(const Entry& other) const {
      return std::tie(other.points, last_asked, lot, person) <
             std::tie(points, other.last_asked, other.lot, other.person);
    }
  };

  std::size_t limit_;
  std::uint64_t seed_;
  std::vector<Entry> best_;
};

Index::Kind Index::Kind::of(std::size_t number) {
  return {.learning = number % 2 == 1, .lmic = number / 2 % 2 == 1, .growth = number / 4 % 2 == 1, .hours = number / 8};
}

std::size_t Index::Kind::number() const {
  return hours * 8 + (growth ? 4U : 0U) + (lmic ? 2U : 0U) + (learning ? 1U : 0U);
}

std::optional<Index::Slot> Index::find(std::int64_t person) const {
  if (const auto entry = changed_.find(person); entry != changed_.end()) return entry->second;
  const auto end = rows_.begin() + static_cast<std::ptrdiff_t>(in_order_);
  const auto row = std::ranges::lower_bound(rows_.begin(), end, person, {}, &Row::person);
  if (row == end || row->person != person || row->free_from == never) return std::nullopt;
  return static_cast<Slot>(row - rows_.begin());
}

void Index::remove(std::int64_t person) {
  const auto slot = find(person);
  if (!slot) return;
  rows_[*slot].free_from = never;
  ++dead_;
  changed_.erase(person);
}

void Index::put(const Facts& facts) {
  remove(facts.person);
  const std::uint32_t free_from = seconds(facts.free_from);
  if (facts.skills.empty() || free_from == never) return;
  const auto slot = static_cast<Slot>(rows_.size());
  const bool in_order = in_order_ == rows_.size() && (rows_.empty() || rows_.back().person < facts.person);
  rows_.push_back({.person = facts.person,
                   .free_from = free_from,
                   .last_asked = seconds(facts.last_asked),
                   .languages = number_of_languages(facts.languages),
                   .discipline = disciplines_.number(plain_discipline(facts.discipline)),
                   .hours = hours_.number(facts.hours.value_or(-1)),
                   .time_zone = time_zones_.number(facts.time_zone)});
  if (in_order) {
    ++in_order_;
  } else {
    changed_[facts.person] = slot;
  }
  const double hours = facts.hours.value_or(0);
  const auto step = std::ranges::find_if(hours_steps.begin(), hours_steps.end() - 1,
                                         [&](double upper_end) { return hours <= upper_end; });
  Kind kind{.lmic = facts.lmic, .growth = facts.growth, .hours = static_cast<std::size_t>(step - hours_steps.begin())};
  for (const Skill& skill : facts.skills) {
    kind.learning = skill.learning;
    postings_[skill.id][kind.number()].push_back(slot);
  }
}

std::uint32_t Index::number_of_languages(const std::vector<std::string>& languages) {
  std::set<std::string> known;
  for (const std::string& one : languages) known.emplace(primary_language(one));
  std::string words;
  for (const std::string& one : known) words += one + ' ';
  const std::uint32_t number = language_sets_.number(words);
  if (number == languages_of_set_.size()) {
    std::vector<std::uint32_t>& numbers = languages_of_set_.emplace_back();
    for (const std::string& one : known) numbers.push_back(languages_.number(one));
  }
  return number;
}

std::vector<Candidate> Index::best(const Query& query) const {
  const auto found = postings_.find(query.wanted.skill);
  if (found == postings_.end() || query.limit == 0) return {};
  const Worth words = worth(query.wanted);
  const int for_the_rest = words.most();
  struct List {
    int most_points = 0;
    std::size_t kind = 0;
  };
  std::vector<List> lists;
  for (std::size_t i = 0; i < kinds; ++i) {
    const Kind kind = Kind::of(i);
    if (found->second[i].empty() || (query.lmic_only && !kind.lmic) || (query.skilled_only && kind.learning)) continue;
    lists.push_back({.most_points = points_of_skill(query.wanted, kind.learning) +
                                    points_of_hours(query.wanted, hours_steps[kind.hours]) +
                                    points_of_growth(query.wanted, kind.growth) + for_the_rest,
                     .kind = i});
  }
  std::ranges::stable_sort(lists, std::greater(), &List::most_points);
  Ranking ranking(query.limit, query.seed);
  for (const List& list : lists) {
    if (ranking.is_hopeless(list.most_points, 0)) break;
    search(query, words, found->second[list.kind], Kind::of(list.kind), ranking);
  }
  return ranking.take();
}

Index::Worth Index::worth(const Wanted& wanted) const {
  Worth worth{.hours = {},
              .languages = std::vector(languages_of_set_.size(), 0),
              .disciplines = std::vector(disciplines_.all().size(), wanted.weights.discipline),
              .time_zones = {}};
  for (const double hours : hours_.all()) {
    worth.hours.push_back(points_of_hours(wanted, hours < 0 ? std::nullopt : std::optional(hours)));
  }
  std::vector<bool> shared(languages_.all().size(), false);
  for (const std::string& one : wanted.team_languages) {
    if (const auto number = languages_.find(one)) shared[*number] = true;
  }
  for (std::size_t i = 0; i < languages_of_set_.size(); ++i) {
    if (std::ranges::any_of(languages_of_set_[i], [&](std::uint32_t one) { return shared[one]; })) {
      worth.languages[i] = wanted.weights.language;
    }
  }
  if (const auto unknown = disciplines_.find("")) worth.disciplines[*unknown] = 0;
  for (const std::string& one : wanted.team_disciplines) {
    if (const auto number = disciplines_.find(one)) worth.disciplines[*number] = 0;
  }
  for (const std::string& zone : time_zones_.all()) worth.time_zones.push_back(points_of_time_zone(wanted, zone));
  return worth;
}

int Index::Worth::most() const {
  return std::ranges::max(disciplines) + std::ranges::max(languages) + std::ranges::max(time_zones);
}

void Index::search(const Query& query, const Worth& worth, const std::vector<Slot>& slots, const Kind& kind,
                   Ranking& ranking) const {
  const std::uint32_t now = seconds(query.now);
  Fit fit{.skill = points_of_skill(query.wanted, kind.learning), .growth = points_of_growth(query.wanted, kind.growth)};
  for (const Slot slot : slots) {
    const Row& row = rows_[slot];
    if (row.free_from > now) continue;
    fit.hours = worth.hours[row.hours];
    fit.discipline = worth.disciplines[row.discipline];
    fit.language = worth.languages[row.languages];
    fit.waking = worth.time_zones[row.time_zone];
    if (!ranking.is_hopeless(fit.total(), row.last_asked)) ranking.consider(row, fit, kind);
  }
}

std::size_t Index::bytes() const {
  std::size_t bytes = rows_.capacity() * sizeof(Row) + changed_.size() * (sizeof(std::int64_t) + 4 * sizeof(void*));
  for (const auto& [skill, postings] : postings_) {
    bytes += sizeof(postings);
    for (const std::vector<Slot>& slots : postings) bytes += slots.capacity() * sizeof(Slot);
  }
  return bytes;
}

bool Index::worn_out() const {
  return dead_ > few && dead_ * 3 > rows_.size();
}

}  // namespace osrbot::matching
