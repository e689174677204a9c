// Whom the bot may answer on X, and how far its answers are out.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "storage/sql.h"

namespace osrbot::storage::x_threads {

/// Somebody spoke to the bot. @param key a post's id, or "dm:" and a person's
void summon(Connection& db, std::string_view key, std::chrono::sys_seconds now);
bool is_summoned(Connection& db, std::string_view key);

/// Gives the one answer to a post to this message; false when another one has it, or nobody spoke to the bot there.
/// @param message the outbox's number
bool claim_answer(Connection& db, std::string_view key, std::int64_t message);

/// A part is about to be sent (`post_id` empty), or is out.
void note_part(Connection& db, std::int64_t message, std::int64_t part, std::string_view post_id);
void forget_part(Connection& db, std::int64_t message, std::int64_t part);
/// In order.
void each_part(Connection& db, std::int64_t message,
               const std::function<void(std::int64_t part, const std::string& post_id)>& found);

/// Forgets what is older than `before`, and parts of messages older than any in the outbox; so many rows of each at
/// most. Returns the larger number.
std::int64_t prune(Connection& db, std::chrono::sys_seconds before, int limit);

}  // namespace osrbot::storage::x_threads
