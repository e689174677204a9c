#include "commands/queue_notices.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "commands/payload.h"
#include "commands/post_card.h"
#include "storage/conversations.h"
#include "storage/jobs.h"
#include "storage/people.h"
#include "storage/projects.h"

namespace osrbot {
namespace {

namespace posts = storage::posts;
using storage::Post;

constexpr std::string_view notices_kind = "queue.notices";
constexpr std::string_view reminder_kind = "queue.reminder";
constexpr std::chrono::seconds gather_posts{20};  // the first posts of a burst come together
constexpr std::size_t cards_at_once = 3;          // more are told in one message
constexpr int posts_at_once = 500;

void tell_privately(const Voice& voice, const std::vector<storage::Person>& people, const ComposeNotice& compose) {
  for (const storage::Person& person : people) voice.tell(person, compose(voice.language_of(person)));
}

std::vector<storage::Person> administrators(const Voice& voice) {
  std::vector<storage::Person> people;
  for (const std::string& entry : voice.house.config.administrators) {
    const std::size_t colon = entry.find(':');
    for (storage::Person& person :
         storage::people::with_user_id(voice.db, entry.substr(0, colon), entry.substr(colon + 1))) {
      people.push_back(std::move(person));
    }
  }
  return people;
}

Place place_of(const storage::conversations::Home& home) {
  return {
      .adapter = home.adapter, .workspace = home.workspace, .conversation = home.conversation, .thread = home.thread};
}

Message card(const Voice& voice, const std::string& language, const Post& post) {
  Message message;
  say_card(voice, message, language, post);
  message.buttons = card_buttons(voice, language, post);
  return message;
}

/// "12 calls for help, 5 questions, 1 withheld".
std::string kinds_of(const Voice& voice, const std::string& language, const std::vector<Post>& several) {
  std::map<std::string, int> counts;
  for (const Post& post : several) ++counts[post.withheld_for.empty() ? post.intent : "withheld"];
  std::string text;
  for (const auto& [kind, count] : counts) {
    text +=
        (text.empty() ? "" : ", ") + voice.house.words.text(language, "queue.kind", {{"kind", kind}, {"count", count}});
  }
  return text;
}

Message summary(const Voice& voice, const std::string& language, const std::vector<Post>& several) {
  Message message;
  voice.say(message, language, "queue.burst",
            {{"count", several.size()}, {"kinds", kinds_of(voice, language, several)}});
  message.buttons.push_back(
      {{.label = voice.house.words.text(language, "button.queue"), .command = "queue", .url = ""}});
  return message;
}

void run_notices(const Voice& voice, const std::string&) {
  const bool one_home = storage::queue_home::find(voice.db).has_value();
  std::map<std::optional<std::int64_t>, std::vector<Post>> by_project;
  const auto untold = posts::untold(voice.db, posts_at_once);
  for (const Post& post : untold) by_project[one_home ? std::nullopt : post.project_id].push_back(post);
  for (const auto& [project, several] : by_project) {
    if (several.size() <= cards_at_once) {
      for (const Post& post : several) show_to_coordinators(voice, post);
    } else {
      tell_coordinators(voice, project, [&, &several = several](const std::string& language) {
        return summary(voice, language, several);
      });
    }
  }
  for (const Post& post : untold) posts::mark_told(voice.db, post.id, voice.now);
  if (untold.size() == posts_at_once) plan_queue_notices(voice);
}

void remind_of_post(const Voice& voice, const std::string& payload) {
  const auto post = posts::find(voice.db, Payload(payload).integer("post"));
  if (post && post->state == storage::PostState::later) show_to_coordinators(voice, *post);
}

}  // namespace

void plan_queue_notices(const Voice& voice) {
  const std::chrono::minutes pause(voice.house.config.posts.notice_minutes);
  auto due = voice.now + gather_posts;
  if (const auto last = posts::last_told(voice.db)) due = std::max(due, *last + pause);
  storage::jobs::plan_once(voice.db, notices_kind, notices_kind, due);
}

void tell_coordinators(const Voice& voice, std::optional<std::int64_t> project, const ComposeNotice& compose) {
  const std::string& common = voice.house.config.language;
  if (const auto home = storage::queue_home::find(voice.db)) {
    voice.send(place_of(*home), {}, compose(common));
    return;
  }
  if (!project) {
    tell_privately(voice, administrators(voice), compose);
    return;
  }
  bool told = false;
  for (const auto& home : storage::conversations::homes_of(voice.db, *project)) {
    if (voice.house.platform(home.adapter).is_public) continue;
    voice.send(place_of(home), {}, compose(common));
    told = true;
  }
  if (!told) tell_privately(voice, storage::projects::coordinators(voice.db, *project), compose);
}

void show_to_coordinators(const Voice& voice, const Post& post) {
  tell_coordinators(voice, post.project_id, [&](const std::string& language) { return card(voice, language, post); });
}

void plan_reminder(const Voice& voice, std::int64_t post_id, std::chrono::sys_seconds at) {
  storage::jobs::plan(voice.db, reminder_kind, fmt::format("{}:{}", reminder_kind, post_id), at,
                      to_payload({{"post", post_id}}));
}

Timer queue_notices() {
  return {.kind = notices_kind, .run = run_notices};
}

Timer queue_reminder() {
  return {.kind = reminder_kind, .run = remind_of_post};
}

}  // namespace osrbot
