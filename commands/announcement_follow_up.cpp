// What becomes of announcements: whether they were posted, and what their readers have to hear afterwards.
#include <algorithm>

#include <fmt/format.h>

#include "commands/announcement_words.h"
#include "commands/announcements.h"
#include "commands/context.h"
#include "commands/need_terms.h"
#include "commands/payload.h"
#include "storage/announcements.h"
#include "storage/audit.h"
#include "storage/conversations.h"
#include "storage/jobs.h"
#include "storage/outbox.h"

namespace osrbot {
namespace {

using storage::Announcement;
namespace announcements = storage::announcements;

constexpr std::string_view follow_up_job = "announcements";
constexpr std::chrono::minutes soon{1};
constexpr std::chrono::minutes between_looks{5};
constexpr std::chrono::days followed_for{90};
constexpr int told_at_once = 50;

Arguments call_words_of(const House& house, const storage::Need& need) {
  Arguments arguments = words_of(house, need);
  arguments.emplace_back("bot", house.config.names.front());
  arguments.emplace_back("tag", house.config.posts.tags.front());
  return arguments;
}

void record(const Voice& voice, std::string_view action, const Announcement& one, const storage::Need& need) {
  storage::audit::append(voice.db,
                         {.person_id = one.person_id,
                          .action = action,
                          .object = need_ref(need.id),
                          .project_id = need.project_id,
                          .details = to_payload({{"where", one.adapter}, {"language", one.language}}),
                          .adapter = timer_adapter,
                          .update_key = voice.update_key},
                         voice.now);
}

/// Tells where the announcement was asked for, in the language of who asked.
void answer(const Voice& voice, const Announcement& one, std::string_view key, const std::string& why) {
  const auto person = one.person_id ? storage::people::find(voice.db, *one.person_id) : std::nullopt;
  Message message;
  voice.say(message, person ? voice.language_of(*person) : voice.house.config.language, key,
            {{"need", need_ref(one.need_id)}, {"where", one.adapter}, {"why", why}});
  voice.send({.adapter = one.asked_adapter,
              .workspace = one.asked_workspace,
              .conversation = one.asked_conversation,
              .thread = one.asked_thread,
              .is_private = one.asked_in_private},
             {}, message);
}

void refused(const Voice& voice, const Announcement& one, const std::string& why) {
  announcements::set_refused(voice.db, one.id);
  answer(voice, one, "announce.refused", why);
}

/// What is written below the post belongs to the project.
void posted(const Voice& voice, const Announcement& one, const std::string& message_id) {
  announcements::set_posted(voice.db, one.id, message_id);
  storage::calls::drop_picture(voice.db, one.need_id, one.language);
  const auto need = storage::needs::find(voice.db, one.need_id);
  storage::conversations::bind(voice.db, {one.adapter, {}, message_id}, {}, need->project_id, voice.now);
  record(voice, "announcement.posted", one, *need);
  answer(voice, one, "announce.posted", "");
}

void find_out(const Voice& voice) {
  for (const Announcement& one : announcements::on_their_way(voice.db)) {
    const auto outcome = storage::outbox::outcome(voice.db, one.outbox_id);
    if (!outcome) {
      refused(voice, one, "");
    } else if (outcome->state == "sent") {
      posted(voice, one, outcome->message_id);
    } else if (outcome->state == "failed" || outcome->state == "cancelled") {
      refused(voice, one, outcome->why);
    }
  }
}

void tell_readers(const Voice& voice) {
  for (const Announcement& one : announcements::outdated(voice.db, told_at_once)) {
    announcements::set_told(voice.db, one.id);
    const auto need = storage::needs::find(voice.db, one.need_id);
    Message message;
    message.blocks.push_back({.kind = Block::Kind::paragraph,
                              .spans = {{Span::Style::plain, follow_up_words(voice.house, *need, one.language), ""}}});
    voice.send({.adapter = one.adapter, .workspace = {}, .conversation = timeline}, one.message_id, std::move(message));
    record(voice, "announcement.followed", one, *need);
  }
}

void follow_up(const Voice& voice, const std::string&) {
  find_out(voice);
  announcements::end_old(voice.db, voice.now - followed_for);
  tell_readers(voice);
  if (!announcements::any_live(voice.db)) return;
  const bool waiting = !announcements::on_their_way(voice.db).empty();
  storage::jobs::plan_once(voice.db, follow_up_job, follow_up_job, voice.now + (waiting ? soon : between_looks));
}

}  // namespace

std::string call_words(const House& house, const storage::Project& project, const storage::Need& need,
                       std::string_view language) {
  Arguments arguments = call_words_of(house, need);
  arguments.emplace_back("title", project.title);
  return house.words.text(language, "call", arguments);
}

std::string follow_up_words(const House& house, const storage::Need& need, std::string_view language) {
  return house.words.text(language, "call.follow_up", call_words_of(house, need));
}

void plan_announcement_follow_up(const Voice& voice) {
  storage::jobs::plan(voice.db, follow_up_job, follow_up_job, voice.now + soon);
}

Timer announcement_follow_up() {
  return {.kind = follow_up_job, .run = follow_up};
}

}  // namespace osrbot
