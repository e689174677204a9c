// Who did what to which object, when, and from which update.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sql.h"

namespace osrbot::storage::audit {

struct Event {
  std::optional<std::int64_t> person_id;  ///< nothing: the bot by itself
  std::string_view action;                ///< "task.claimed"
  std::string_view object;                ///< "T12"
  std::optional<std::int64_t> project_id;
  std::string_view details;  ///< JSON: what it takes to understand the change
  std::string_view adapter;
  std::string_view update_key;
  std::optional<std::int64_t> undoes = std::nullopt;  ///< the event that this one takes back
};

/// Appends an event; its number. What has changed since the event before it is its work (changes.h). Throws Error of
/// kind `constraint` when `undoes` was taken back before.
std::int64_t append(Connection& db, const Event& event, std::chrono::sys_seconds now);

/// An event as it is read.
struct Entry {
  std::int64_t id = 0;
  std::chrono::sys_seconds at{};
  std::optional<std::int64_t> person_id;
  std::string person_name;  ///< empty: the bot by itself, or somebody who was forgotten
  std::string action;
  std::string object;
  std::optional<std::int64_t> project_id;
  std::string details;
  std::string adapter;
  std::string update_key;
  std::optional<std::int64_t> undoes;
  std::optional<std::int64_t> undone_by;
};

std::optional<Entry> find(Connection& db, std::int64_t id);

// Lists: the newest first, from before number `before` on, at most `limit`.
std::vector<Entry> of_project(Connection& db, std::int64_t project_id, std::int64_t before, int limit);
std::vector<Entry> of_object(Connection& db, std::string_view object, std::int64_t before, int limit);
std::vector<Entry> of_person(Connection& db, std::int64_t project_id, std::int64_t person_id, std::int64_t before,
                             int limit);

/// What a person's last update changed that was not taken back yet and was no taking back itself; nothing when that was
/// before `since`.
std::vector<Entry> last_of_person(Connection& db, std::int64_t person_id, std::chrono::sys_seconds since);

/// What one run of a timer changed and was not taken back yet, by the run's id in the details.
std::vector<Entry> of_run(Connection& db, std::string_view run);

}  // namespace osrbot::storage::audit
