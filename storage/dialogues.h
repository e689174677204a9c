// Questions of the bot that wait for an answer: one for each person and conversation.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/conversations.h"
#include "storage/sql.h"

namespace osrbot::storage::dialogues {

struct Dialogue {
  std::string kind;     ///< who asked: decides who handles the answer
  std::string payload;  ///< what it takes to go on
};

/// Opens a dialogue in place of the one that was open there.
void open(Connection& db, std::int64_t person_id, const conversations::Id& place, std::string_view kind,
          std::string_view payload, std::chrono::sys_seconds expires);

/// The dialogue that is open there.
std::optional<Dialogue> find(Connection& db, std::int64_t person_id, const conversations::Id& place,
                             std::chrono::sys_seconds now);

void close(Connection& db, std::int64_t person_id, const conversations::Id& place);

/// Deletes what has expired; how many.
std::int64_t prune(Connection& db, std::chrono::sys_seconds now);

}  // namespace osrbot::storage::dialogues
