// Keeps the index of people in step with the tables.
#pragma once

#include <cstdint>
#include <filesystem>
#include <future>
#include <optional>
#include <set>
#include <thread>

#include "commands/matching/income_groups.h"
#include "commands/matching/index.h"
#include "storage/volunteers.h"

namespace osrbot::matching {

/// What matching reads of a volunteer. `free_from` follows from their pause, the contact limits, and a "no time" that
/// is not old.
Facts facts_of(const storage::Volunteer& volunteer, const IncomeGroups& incomes, const MatchingConfig& config);

/// The index is built on a thread of its own, through a connection that only reads; whoever changes meanwhile is noted
/// by the writing connection (storage/volunteers.h) and read again. All members are for the engine's thread.
class Pool {
 public:
  /// `config` must outlive the pool.
  Pool(IncomeGroups incomes, const MatchingConfig& config);
  ~Pool();

  const IncomeGroups& incomes() const { return incomes_; }

  /// Starts to build the index from a database file whose writing connection notes changes already.
  void build_in_background(const std::filesystem::path& file);

  /// Waits until it is built.
  void wait() const;

  /// To be called after each commit: the index follows what was committed.
  void settle(storage::Connection& db);

  /// The index as it is in the transaction under way; nothing while it is being built. What is rolled back afterwards
  /// is read again before the next use.
  const Index* index(storage::Connection& db);

 private:
  void adopt();  ///< takes the index over that was built
  void read_again(storage::Connection& db, const std::set<std::int64_t>& people);

  const IncomeGroups incomes_;
  const MatchingConfig& config_;
  std::filesystem::path file_;
  Index index_;
  bool built_ = false;
  std::set<std::int64_t> unsettled_;    ///< read inside a transaction that may still be rolled back
  std::set<std::int64_t> since_start_;  ///< changed since the build under way began
  std::future<Index> building_;
  std::jthread builder_;
};

}  // namespace osrbot::matching
