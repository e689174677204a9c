#include "storage/posts.h"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace osrbot::storage {
namespace {

constexpr std::array<std::pair<PostState, std::string_view>, 6> states = {{
    {PostState::queued, "queued"},
    {PostState::later, "later"},
    {PostState::answered, "answered"},
    {PostState::dismissed, "dismissed"},
    {PostState::converted, "converted"},
    {PostState::deleted, "deleted"},
}};

PostState post_state_from(std::string_view name) {
  for (const auto& [state, its_name] : states) {
    if (its_name == name) return state;
  }
  throw Error(Error::Kind::other, fmt::format("unknown state of a post: {}", name));
}

// The handle is the one on the platform of the post.
constexpr std::string_view select =
    "SELECT p.id, p.adapter, p.workspace, p.conversation, p.thread, p.message_id, p.person_id, COALESCE(a.name, ''), "
    "COALESCE((SELECT i.handle FROM identities i WHERE i.person_id = p.person_id AND i.adapter = p.adapter AND "
    "i.workspace = p.workspace LIMIT 1), ''), p.url, p.text, p.parse, p.intent, p.withheld_for, p.project_id, p.state, "
    "p.later_until, p.need_id, p.seen_at FROM posts p LEFT JOIN people a ON a.id = p.person_id ";

Post read_post(const Row& row) {
  return {.id = row.integer(0),
          .adapter = row.text(1),
          .workspace = row.text(2),
          .conversation = row.text(3),
          .thread = row.text(4),
          .message_id = row.text(5),
          .person_id = row.maybe_integer(6),
          .author = row.text(7),
          .handle = row.text(8),
          .url = row.text(9),
          .text = row.text(10),
          .parse = row.text(11),
          .intent = row.text(12),
          .withheld_for = row.text(13),
          .project_id = row.maybe_integer(14),
          .state = post_state_from(row.text(15)),
          .later_until = row.maybe_time(16),
          .need_id = row.maybe_integer(17),
          .seen_at = row.time(18)};
}

std::vector<Post> posts_where(Connection& db, std::string_view condition, Parameters parameters) {
  std::vector<Post> result;
  db.each(fmt::format("{}{}", select, condition), parameters,
          [&](const Row& row) { result.push_back(read_post(row)); });
  return result;
}

}  // namespace

std::string_view to_string(PostState state) {
  for (const auto& [one, name] : states) {
    if (one == state) return name;
  }
  std::unreachable();
}

namespace posts {

std::optional<std::int64_t> add(Connection& db, const Post& post) {
  return db.one(
      "INSERT INTO posts (adapter, workspace, conversation, thread, message_id, person_id, url, text, parse, intent, "
      "withheld_for, project_id, state, state_at, seen_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
      "?13, ?14, ?14) ON CONFLICT (adapter, message_id, workspace, conversation) DO NOTHING RETURNING id",
      {post.adapter, post.workspace, post.conversation, post.thread, post.message_id, post.person_id, post.url,
       post.text, post.parse, post.intent, post.withheld_for, post.project_id, to_string(post.state), post.seen_at},
      [](const Row& row) { return row.integer(0); });
}

std::optional<Post> find(Connection& db, std::int64_t id) {
  return db.one(fmt::format("{}WHERE p.id = ?", select), {id}, read_post);
}

std::vector<Post> waiting(Connection& db, std::chrono::sys_seconds now, std::int64_t after, int limit) {
  return posts_where(db,
                     "WHERE p.state IN ('queued', 'later') AND p.id > ? AND (p.state = 'queued' OR p.later_until <= ?) "
                     "ORDER BY p.id LIMIT ?",
                     {after, now, limit});
}

Count count(Connection& db, std::chrono::sys_seconds now) {
  return *db.one(
      "SELECT COUNT(*), COALESCE(SUM(later_until > ?), 0) FROM posts WHERE state IN ('queued', 'later')", {now},
      [](const Row& row) { return Count{.waiting = row.integer(0) - row.integer(1), .put_off = row.integer(1)}; });
}

std::vector<Post> untold(Connection& db, int limit) {
  return posts_where(db, "WHERE p.told_at IS NULL AND p.state = 'queued' ORDER BY p.id LIMIT ?", {limit});
}

void mark_told(Connection& db, std::int64_t id, std::chrono::sys_seconds now) {
  db.run("UPDATE posts SET told_at = ? WHERE id = ?", {now, id});
}

std::optional<std::chrono::sys_seconds> last_told(Connection& db) {
  return *db.one("SELECT MAX(told_at) FROM posts WHERE told_at IS NOT NULL", {},
                 [](const Row& row) { return row.maybe_time(0); });
}

void set_state(Connection& db, std::int64_t id, PostState state, std::chrono::sys_seconds now) {
  db.run("UPDATE posts SET state = ?, state_at = ?, later_until = NULL WHERE id = ?", {to_string(state), now, id});
}

void put_off(Connection& db, std::int64_t id, std::chrono::sys_seconds until, std::chrono::sys_seconds now) {
  db.run("UPDATE posts SET state = 'later', state_at = ?, later_until = ? WHERE id = ?", {now, until, id});
}

void set_converted(Connection& db, std::int64_t id, std::int64_t need_id, std::int64_t project_id,
                   std::chrono::sys_seconds now) {
  db.run(
      "UPDATE posts SET state = 'converted', state_at = ?, later_until = NULL, need_id = ?, project_id = ? "
      "WHERE id = ?",
      {now, need_id, project_id, id});
}

std::int64_t dismiss_of(Connection& db, std::int64_t person_id, std::chrono::sys_seconds now) {
  return db.run(
      "UPDATE posts SET state = 'dismissed', state_at = ?, later_until = NULL "
      "WHERE person_id = ? AND state IN ('queued', 'later')",
      {now, person_id});
}

void erase(Connection& db, std::string_view adapter, std::string_view conversation, std::string_view message_id,
           std::chrono::sys_seconds now) {
  db.run(
      "UPDATE posts SET text = '', url = '', parse = '{}', state_at = ?1, later_until = NULL, "
      "state = CASE WHEN state = 'converted' THEN state ELSE 'deleted' END "
      "WHERE adapter = ?2 AND message_id = ?3 AND (?4 = '' OR conversation = ?4)",
      {now, adapter, message_id, conversation});
}

std::int64_t forget_decided(Connection& db, std::chrono::sys_seconds before) {
  return db.run(
      "UPDATE posts SET text = '', url = '', parse = '{}' "
      "WHERE text <> '' AND state NOT IN ('queued', 'later') AND state_at < ?",
      {before});
}

std::vector<Kept> with_text(Connection& db, std::string_view adapter, std::int64_t after, int limit) {
  std::vector<Kept> result;
  db.each("SELECT id, message_id FROM posts WHERE adapter = ? AND text <> '' AND id > ? ORDER BY id LIMIT ?",
          {adapter, after, limit}, [&](const Row& row) {
            result.push_back({row.integer(0), row.text(1)});
          });
  return result;
}

std::int64_t prune(Connection& db, std::chrono::sys_seconds before, int limit) {
  return db.run(
      "DELETE FROM posts WHERE id IN (SELECT id FROM posts WHERE state <> 'converted' AND seen_at < ? "
      "ORDER BY seen_at LIMIT ?)",
      {before, limit});
}

}  // namespace posts

namespace muted {
namespace {

constexpr std::string_view select_author =
    "SELECT m.id, m.person_id, p.name FROM muted_authors m JOIN people p ON p.id = m.person_id ";

Author read_author(const Row& row) {
  return {.id = row.integer(0), .person_id = row.integer(1), .name = row.text(2)};
}

}  // namespace

bool is_muted(Connection& db, std::int64_t person_id) {
  return db.number("SELECT EXISTS (SELECT 1 FROM muted_authors WHERE person_id = ?)", {person_id}) != 0;
}

bool add(Connection& db, std::int64_t person_id, std::optional<std::int64_t> by, std::chrono::sys_seconds now) {
  return db.run(
             "INSERT INTO muted_authors (person_id, muted_by, muted_at) VALUES (?, ?, ?) "
             "ON CONFLICT (person_id) DO NOTHING",
             {person_id, by, now}) > 0;
}

std::optional<Author> find(Connection& db, std::int64_t id) {
  return db.one(fmt::format("{}WHERE m.id = ?", select_author), {id}, read_author);
}

void remove(Connection& db, std::int64_t id) {
  db.run("DELETE FROM muted_authors WHERE id = ?", {id});
}

std::vector<Author> list(Connection& db, std::int64_t after, int limit) {
  std::vector<Author> result;
  db.each(fmt::format("{}WHERE m.id > ? ORDER BY m.id LIMIT ?", select_author), {after, limit},
          [&](const Row& row) { result.push_back(read_author(row)); });
  return result;
}

}  // namespace muted

namespace queue_home {

std::optional<conversations::Home> find(Connection& db) {
  return db.one("SELECT adapter, workspace, conversation, thread FROM queue_home WHERE id = 1", {}, [](const Row& row) {
    return conversations::Home{
        .adapter = row.text(0), .workspace = row.text(1), .conversation = row.text(2), .thread = row.text(3)};
  });
}

void bind(Connection& db, const conversations::Id& id, std::string_view thread, std::chrono::sys_seconds now) {
  db.run(
      "INSERT INTO queue_home (id, adapter, workspace, conversation, thread, bound_at) VALUES (1, ?, ?, ?, ?, ?) "
      "ON CONFLICT (id) DO UPDATE SET adapter = excluded.adapter, workspace = excluded.workspace, "
      "conversation = excluded.conversation, thread = excluded.thread, bound_at = excluded.bound_at",
      {id.adapter, id.workspace, id.conversation, thread, now});
}

void unbind(Connection& db) {
  db.run("DELETE FROM queue_home WHERE id = 1");
}

}  // namespace queue_home
}  // namespace osrbot::storage
