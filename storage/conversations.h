// Conversations on the platforms, and which project each is about.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sql.h"

namespace osrbot::storage::conversations {

struct Id {
  std::string_view adapter;
  std::string_view workspace;
  std::string_view conversation;
};

/// Binds a conversation, or one thread of it, to a project, instead of the one it was bound to.
void bind(Connection& db, const Id& id, std::string_view thread, std::int64_t project_id, std::chrono::sys_seconds now);

/// The project is not at home there any more.
void unbind(Connection& db, const Id& id, std::string_view thread);

/// The project that exactly this thread (or, without one, the conversation) is bound to.
std::optional<std::int64_t> bound_to(Connection& db, const Id& id, std::string_view thread);

/// The project that a thread is bound to, else the one of its whole conversation.
std::optional<std::int64_t> project_of(Connection& db, const Id& id, std::string_view thread);

struct Home {
  std::string adapter;
  std::string workspace;
  std::string conversation;
  std::string thread;
};
/// Every conversation that is bound to a project.
std::vector<Home> homes_of(Connection& db, std::int64_t project_id);

/// Every project that is at home in a conversation or in a thread of it.
std::vector<std::int64_t> projects_at(Connection& db, const Id& id);

/// A platform gave the conversation a new id: everything that names it follows, waiting messages too.
void move(Connection& db, const Id& from, std::string_view to);

/// The bot cannot write there any more: nobody's private conversation is this one.
void lose(Connection& db, const Id& id);

}  // namespace osrbot::storage::conversations
