// People who agreed to be matched and are open to invitations, as matching reads them; and who of them has changed.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "storage/profiles.h"
#include "storage/sql.h"

namespace osrbot::storage {

struct Volunteer {
  std::int64_t person_id = 0;
  std::string time_zone;        ///< IANA name; empty: not known
  std::string country;          ///< ISO 3166-1 alpha-2; empty: not told
  std::string discipline;       ///< empty: not told
  std::optional<double> hours;  ///< a week
  bool growth = false;
  std::optional<std::chrono::sys_seconds> paused_until;
  std::vector<PersonSkill> skills;
  std::vector<std::string> languages;  ///< those told, else the one in which the bot speaks to the person

  /// An invitation that reached the person.
  struct Asked {
    std::chrono::sys_seconds at{};
    std::optional<std::chrono::sys_seconds> answered_at;
    bool had_no_time = false;  ///< that was the answer
  };
  std::vector<Asked> asked;  ///< the newest first
};

namespace volunteers {

/// Volunteers from after person `after` on, at most `limit`, each with the newest `history` invitations. The last
/// person's number; nothing when there was nobody.
std::optional<std::int64_t> each(Connection& db, std::int64_t after, int limit, int history,
                                 const std::function<void(const Volunteer&)>& found);

/// Nothing for somebody who is no volunteer, or not any more.
std::optional<Volunteer> find(Connection& db, std::int64_t person_id, int history);

/// Starts to note who changes through this connection, whatever changes them. Called by migrate(). Notes are part of
/// the transaction: what is rolled back was never noted.
void watch(Connection& db);

/// Who has changed since forget_changes().
std::vector<std::int64_t> changed(Connection& db);
void forget_changes(Connection& db);

}  // namespace volunteers
}  // namespace osrbot::storage
