// People by skill, in memory: finds the best for a need among a million in milliseconds. The tables are the truth; this
// is what of them a ranking reads.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "commands/matching/score.h"
#include "commands/matching/wave.h"

namespace osrbot::matching {

/// For each skill a list of people (postings), and for each person 40 bytes; words of which there are few kinds
/// (disciplines, zones, sets of languages) are numbered and scored once a query. About 60 bytes a person with five
/// skills. Lists only grow: a person who changed gets a new row at the end and leaves a dead one behind, so that lists
/// stay in order; who holds the index builds it anew when `worn_out()`. Not for use by two threads at once.
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
    double hours = -1;            ///< negative: not known
    std::uint32_t free_from = 0;  ///< seconds since 1970, up to the year 2106; `never`: not to be asked, or dead
    std::uint32_t last_asked = 0;
    std::uint32_t languages = 0;  ///< numbers of words, like the next two
    std::uint32_t discipline = 0;
    std::uint32_t time_zone = 0;
    bool lmic = false;
    bool growth = false;
  };
  /// Slots in their order.
  struct Postings {
    std::vector<Slot> skilled;
    std::vector<Slot> learning;
  };
  /// Numbers words in the order in which they are met.
  class Words {
   public:
    std::uint32_t number(const std::string& word);
    std::optional<std::uint32_t> find(const std::string& word) const;
    const std::vector<std::string>& all() const { return words_; }

   private:
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::vector<std::string> words_;
  };
  /// What each numbered word is worth to a query.
  struct Worth {
    std::vector<int> languages;
    std::vector<int> disciplines;
    std::vector<int> time_zones;
  };
  class Ranking;

  std::optional<Slot> find(std::int64_t person) const;
  std::uint32_t number_of_languages(const std::vector<std::string>& languages);
  Worth worth(const Wanted& wanted) const;
  void search(const Query& query, const Worth& worth, const std::vector<Slot>& slots, bool learning,
              Ranking& ranking) const;

  std::vector<Row> rows_;
  std::size_t in_order_ = 0;                        ///< the first rows, with growing persons
  std::unordered_map<std::int64_t, Slot> changed_;  ///< of the rows after those
  std::size_t dead_ = 0;
  std::unordered_map<std::string, Postings> postings_;
  Words languages_;      ///< primary subtags
  Words language_sets_;  ///< "en fr"
  std::vector<std::vector<std::uint32_t>> languages_of_set_;
  Words disciplines_;
  Words time_zones_;
};

}  // namespace osrbot::matching
