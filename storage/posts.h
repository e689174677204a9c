// Posts that carried the tag, and the queue of those that wait for a coordinator.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/conversations.h"
#include "storage/sql.h"

namespace osrbot::storage {

enum class PostState : std::uint8_t {
  queued,     ///< waits for a coordinator
  later,      ///< waits until a time
  answered,   ///< by the bot where it may, else by a person
  dismissed,  ///< needs no answer
  converted,  ///< is a need now
  deleted,    ///< its author took it back
};

std::string_view to_string(PostState state);

struct Post {
  std::int64_t id = 0;
  std::string adapter;
  std::string workspace;
  std::string conversation;
  std::string thread;
  std::string message_id;
  std::optional<std::int64_t> person_id;  ///< who wrote it; nothing: somebody who was forgotten
  std::string author;                     ///< their name; not stored here
  std::string handle;                     ///< without '@'; not stored here
  std::string url;
  std::string text;
  std::string parse = "{}";
  std::string intent = "none";
  std::string withheld_for;  ///< a category; then there is neither text nor address
  std::optional<std::int64_t> project_id;
  PostState state = PostState::queued;
  std::optional<std::chrono::sys_seconds> later_until;
  std::optional<std::int64_t> need_id;
  std::chrono::sys_seconds seen_at{};

  bool is_open() const { return state == PostState::queued || state == PostState::later; }
};

namespace posts {

/// Notes a post; its number. Nothing when it was noted before. `author` and `handle` come from the person.
std::optional<std::int64_t> add(Connection& db, const Post& post);

std::optional<Post> find(Connection& db, std::int64_t id);

/// Posts that wait now, put-off ones whose time has come among them, from after number `after` on, at most `limit`.
std::vector<Post> waiting(Connection& db, std::chrono::sys_seconds now, std::int64_t after, int limit);

/// How many wait now, and how many are put off.
struct Count {
  std::int64_t waiting = 0;
  std::int64_t put_off = 0;
};
Count count(Connection& db, std::chrono::sys_seconds now);

/// Posts of which no coordinator has heard, the oldest first, at most `limit`.
std::vector<Post> untold(Connection& db, int limit);
void mark_told(Connection& db, std::int64_t id, std::chrono::sys_seconds now);
/// When coordinators heard of a post last.
std::optional<std::chrono::sys_seconds> last_told(Connection& db);

void set_state(Connection& db, std::int64_t id, PostState state, std::chrono::sys_seconds now);
void put_off(Connection& db, std::int64_t id, std::chrono::sys_seconds until, std::chrono::sys_seconds now);
void set_converted(Connection& db, std::int64_t id, std::int64_t need_id, std::int64_t project_id,
                   std::chrono::sys_seconds now);

/// Takes what a person wrote and waits out of the queue; how much.
std::int64_t dismiss_of(Connection& db, std::int64_t person_id, std::chrono::sys_seconds now);

/// The author deleted the message: its words go, and it waits for nobody. `conversation` empty: whichever it is in.
void erase(Connection& db, std::string_view adapter, std::string_view conversation, std::string_view message_id,
           std::chrono::sys_seconds now);

/// Forgets the words of posts that were decided before `before`; how many.
std::int64_t forget_decided(Connection& db, std::chrono::sys_seconds before);

/// The platform's ids of the posts of an adapter whose words are kept, from after post `after` on, at most `limit`.
struct Kept {
  std::int64_t id = 0;
  std::string message_id;
};
std::vector<Kept> with_text(Connection& db, std::string_view adapter, std::int64_t after, int limit);

/// Deletes posts that did not become needs and were seen before `before`, the oldest first, at most `limit`; how many.
std::int64_t prune(Connection& db, std::chrono::sys_seconds before, int limit);

}  // namespace posts

namespace muted {

struct Author {
  std::int64_t id = 0;  ///< of the muting
  std::int64_t person_id = 0;
  std::string name;
};

bool is_muted(Connection& db, std::int64_t person_id);
/// False when they were muted before.
bool add(Connection& db, std::int64_t person_id, std::optional<std::int64_t> by, std::chrono::sys_seconds now);
std::optional<Author> find(Connection& db, std::int64_t id);
void remove(Connection& db, std::int64_t id);
/// From after number `after` on, at most `limit`.
std::vector<Author> list(Connection& db, std::int64_t after, int limit);

}  // namespace muted

namespace queue_home {

std::optional<conversations::Home> find(Connection& db);
void bind(Connection& db, const conversations::Id& id, std::string_view thread, std::chrono::sys_seconds now);
void unbind(Connection& db);

}  // namespace queue_home
}  // namespace osrbot::storage
