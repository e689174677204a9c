// What people asked to be reminded of.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/conversations.h"
#include "storage/sql.h"

namespace osrbot::storage::reminders {

struct Reminder {
  std::int64_t id = 0;
  std::int64_t person_id = 0;
  std::int64_t set_by = 0;
  std::optional<std::int64_t> task_id;
  std::string words;                        ///< may be empty when there is a task
  std::chrono::local_seconds local_time{};  ///< what was meant, in `zone`
  std::string zone;                         ///< IANA name; empty: UTC
  std::chrono::sys_seconds due_at{};        ///< the same as an instant
  conversations::Home asked_in;
};

/// Keeps a reminder (its `id` is not used); the number it got.
std::int64_t add(Connection& db, const Reminder& reminder);

std::optional<Reminder> find(Connection& db, std::int64_t id);

/// Reminders of a person, the next first.
std::vector<Reminder> of_person(Connection& db, std::int64_t person_id, int limit);

/// Reminders of a person that are due, the oldest first.
std::vector<Reminder> due(Connection& db, std::int64_t person_id, std::chrono::sys_seconds now, int limit);

/// When the next reminder of a person is due.
std::optional<std::chrono::sys_seconds> next_due(Connection& db, std::int64_t person_id);

/// How many a person has.
std::int64_t count(Connection& db, std::int64_t person_id);

/// The same local time in another zone.
void move(Connection& db, std::int64_t id, std::string_view zone, std::chrono::sys_seconds due_at);

void remove(Connection& db, std::int64_t id);

}  // namespace osrbot::storage::reminders
