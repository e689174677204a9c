// Calls for a need: the texts that coordinators wrote, and what was published of them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sql.h"

namespace osrbot::storage {

struct Announcement {
  std::int64_t id = 0;
  std::int64_t need_id = 0;
  std::string adapter;
  std::string language;
  std::int64_t outbox_id = 0;  ///< of the message (outbox.h), until it is known what became of it
  std::string message_id;      ///< the platform's id; empty: not posted yet
  std::optional<std::int64_t> person_id;
  // Where the coordinator asked for it.
  std::string asked_adapter;
  std::string asked_workspace;
  std::string asked_conversation;
  std::string asked_thread;
  bool asked_in_private = false;
};

namespace calls {

/// The text that somebody wrote for a need in a language.
std::optional<std::string> find(Connection& db, std::int64_t need_id, std::string_view language);

/// Keeps a text in place of the one that was there.
void write(Connection& db, std::int64_t need_id, std::string_view language, std::string_view text, std::int64_t by,
           std::chrono::sys_seconds now);

/// The languages in which somebody wrote, sorted.
std::vector<std::string> languages(Connection& db, std::int64_t need_id);

/// A picture for a call, as adapters/picture.h has it.
struct Picture {
  std::string media_type;
  std::string content;  ///< in base64
  std::string alt;
};

/// What the picture of a call shows; nothing: the call has none.
std::optional<std::string> picture_alt(Connection& db, std::int64_t need_id, std::string_view language);
std::optional<Picture> picture(Connection& db, std::int64_t need_id, std::string_view language);

/// Keeps a picture in place of the one that was there.
void give_picture(Connection& db, std::int64_t need_id, std::string_view language, const Picture& picture,
                  std::chrono::sys_seconds now);
void set_picture_alt(Connection& db, std::int64_t need_id, std::string_view language, std::string_view alt);
void drop_picture(Connection& db, std::int64_t need_id, std::string_view language);

/// Deletes pictures given before `before`, up to `limit`; how many.
std::int64_t prune_pictures(Connection& db, std::chrono::sys_seconds before, int limit);

}  // namespace calls

namespace announcements {

/// Notes an announcement that is on its way; its readers will know the need as it is now. Its number.
std::int64_t add(Connection& db, const Announcement& announcement, std::chrono::sys_seconds now);

/// Those of which it is not known yet whether they were posted, in their order.
std::vector<Announcement> on_their_way(Connection& db);

void set_posted(Connection& db, std::int64_t id, std::string_view message_id);
void set_refused(Connection& db, std::int64_t id);

/// Those that are posted and whose need is not any more what their readers know: another number, skill, day, credit,
/// or it is filled, closed or open again.
std::vector<Announcement> outdated(Connection& db, int limit);

/// The readers were told.
void set_told(Connection& db, std::int64_t id);

/// Those before `before` are followed no longer, nor are those whose post is gone.
void end_old(Connection& db, std::chrono::sys_seconds before);
void end_deleted(Connection& db, std::string_view adapter, std::string_view message_id);

/// Whether there are any to be followed.
bool any_live(Connection& db);

/// "fr on x": where a need is announced already, in the order of the announcements.
struct Where {
  std::string adapter;
  std::string language;
};
std::vector<Where> of_need(Connection& db, std::int64_t need_id);

}  // namespace announcements
}  // namespace osrbot::storage
