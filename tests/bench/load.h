// The load that the benches put on the bot: a busy morning of a few teams, the same in every run.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace osrbot::bench {

inline constexpr std::int64_t updates = 20'000;
inline constexpr int groups = 50;
inline constexpr std::int64_t claims = updates / 5;
inline constexpr std::int64_t additions = updates / 10;
inline constexpr std::int64_t requests_for_status = updates / 10;
inline constexpr std::int64_t replies = claims + additions + requests_for_status;

/// Makes a database with `groups` projects, each tied to a group on Telegram, with one open task for each claim to
/// come, and `people` strangers beside.
void prepare_database(const std::filesystem::path& file, std::int64_t people);

/// The i-th update, as the Bot API writes it: of ten, six are chatter, two claim, one adds a task, one asks for the
/// status.
std::string update_at(std::int64_t i);

/// The i-th update of the run that measures latency: each from a person of their own, in a private chat.
std::string private_update_at(std::int64_t i);

/// The chat of the first of them; the others follow.
inline constexpr std::int64_t first_private_chat = 101'000;

}  // namespace osrbot::bench
