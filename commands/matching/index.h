// People by skill, in memory: finds the best for a need among a million in milliseconds. The tables are the truth; this
// is what of them a ranking reads.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "commands/matching/score.h"
#include "commands/matching/wave.h"

namespace osrbot::matching {

/// For each skill lists of people (postings), and for each person a row of 32 bytes; what there are few kinds of
/// (hours, disciplines, zones, sets of languages) is numbered and scored once a query. People who are alike in what is
/// worth most are in one list, so that a query begins with those who can get most points and ends where nobody else can
/// be among the best. Lists only grow: a person who changed gets a new row at the end and leaves a dead one behind, so
/// that lists stay in order; who holds the index builds it anew when `worn_out()`. Not for use by two threads at once.
class Index {
 public:
  /// Puts a person in, or in place of what was known of them.
  void put(const Facts& facts);

  /// The person is not to be found any more.
  void remove(std::int64_t person);

  struct Query {
    const Wanted& wanted;
    std::chrono::sys_seconds now;
    std::size_t limit = 10;
    bool lmic_only = false;
    bool skilled_only = false;  ///< nobody who wants to learn it
    std::uint64_t seed = 0;     ///< decides, with the person's number, among those who are equal in all else
  };

  /// The best `limit` of those who may be asked now, the best first: by points; of those who are equal, who was not
  /// asked for the longest time; then by lot.
  std::vector<Candidate> best(const Query& query) const;

  std::size_t people() const { return rows_.size() - dead_; }
  std::size_t bytes() const;

  /// A third of the rows are dead.
  bool worn_out() const;

 private:
  using Slot = std::uint32_t;
  struct Row {
    std::int64_t person = 0;
    std::uint32_t free_from = 0;  ///< seconds since 1970, up to the year 2106; `never`: not to be asked, or dead
    std::uint32_t last_asked = 0;
    std::uint32_t languages = 0;  ///< numbers, like the next three
    std::uint32_t discipline = 0;
    std::uint32_t hours = 0;
    std::uint32_t time_zone = 0;
  };
  /// What those in one list have in common.
  struct Kind {
    bool learning = false;  ///< wants to learn the skill
    bool lmic = false;
    bool growth = false;
    std::size_t hours = 0;  ///< a step of `hours_steps`

    static Kind of(std::size_t number);
    std::size_t number() const;
  };
  /// Upper ends of ranges of hours a week; who has not told their hours is in the first.
  static constexpr std::array<double, 5> hours_steps = {0, 2, 5, 10, std::numeric_limits<double>::infinity()};
  static constexpr std::size_t kinds = 8 * hours_steps.size();
  /// Slots in their order, by the kind's number.
  using Postings = std::array<std::vector<Slot>, kinds>;
  /// Numbers values in the order in which they are met.
  template <class Value>
  class Kinds {
   public:
    std::uint32_t number(const Value& value) {
      const auto [entry, added] = numbers_.emplace(value, static_cast<std::uint32_t>(values_.size()));
      if (added) values_.push_back(value);
      return entry->second;
    }
    std::optional<std::uint32_t> find(const Value& value) const {
      const auto entry = numbers_.find(value);
      return entry == numbers_.end() ? std::nullopt : std::optional(entry->second);
    }
    const std::vector<Value>& all() const { return values_; }

   private:
    std::unordered_map<Value, std::uint32_t> numbers_;
    std::vector<Value> values_;
  };
  /// What each number is worth to a query, in points.
  struct Worth {
    std::vector<int> hours;
    std::vector<int> languages;
    std::vector<int> disciplines;
    std::vector<int> time_zones;

    /// The most points that anybody gets for what lists do not tell apart.
    int most() const;
  };
  class Ranking;

  std::optional<Slot> find(std::int64_t person) const;
  std::uint32_t number_of_languages(const std::vector<std::string>& languages);
  Worth worth(const Wanted& wanted) const;
  void search(const Query& query, const Worth& worth, const std::vector<Slot>& slots, const Kind& kind,
              Ranking& ranking) const;

  std::vector<Row> rows_;
  std::size_t in_order_ = 0;                        ///< the first rows, with growing persons
  std::unordered_map<std::int64_t, Slot> changed_;  ///< of the rows after those
  std::size_t dead_ = 0;
  std::unordered_map<std::string, Postings> postings_;
  Kinds<double> hours_;               ///< negative: not known
  Kinds<std::string> languages_;      ///< primary subtags
  Kinds<std::string> language_sets_;  ///< "en fr"
  std::vector<std::vector<std::uint32_t>> languages_of_set_;
  Kinds<std::string> disciplines_;
  Kinds<std::string> time_zones_;
};

}  // namespace osrbot::matching
