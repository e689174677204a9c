#include "commands/queue_intake.h"

#include <algorithm>
#include <functional>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "commands/language/entities.h"
#include "commands/language/post_json.h"
#include "commands/language/text.h"
#include "commands/post_card.h"
#include "commands/post_reading.h"
#include "commands/stopping.h"
#include "storage/contact.h"
#include "storage/jobs.h"

namespace osrbot {
namespace {

namespace posts = storage::posts;
using storage::Post;

constexpr std::string_view notices_kind = "queue.notices";
constexpr std::string_view reminder_kind = "queue.reminder";
constexpr std::chrono::seconds gather{20};  // the first posts of a burst come together
constexpr std::size_t cards_at_once = 3;    // more are told in one message
constexpr int posts_at_once = 500;
constexpr int hashtags_looked_at = 10;

/// The project that a post names: by number, by one of its tags, or by the thread that it stands in.
std::optional<std::int64_t> project_named(const Context& context, const language::Post& read) {
  std::optional<storage::Project> project;
  std::int64_t number = 0;
  if (read.project.starts_with('P')) {
    number = post_from(std::string_view(read.project).substr(1)).value_or(0);
    project = storage::projects::find(context.db, number);
  } else if (!read.project.empty()) {
    project = storage::projects::find_by_name(context.db, language::fold(read.project));
  }
  int looked_at = 0;
  const std::string_view text = context.update.text;
  for (const language::Entity& entity : language::entities(text)) {
    if (project || looked_at == hashtags_looked_at) break;
    if (entity.kind != language::EntityKind::hashtag) continue;
    ++looked_at;
    std::string_view tag = text.substr(entity.begin, entity.end - entity.begin);
    tag.remove_prefix(language::decode(tag, 0).size);
    project = storage::projects::find_by_name(context.db, language::fold(tag));
  }
  if (!project || project->archived_at) return std::nullopt;
  return project->id;
}

std::string thread_project(const Context& context) {
  const Place& place = context.update.place;
  const auto home = storage::conversations::project_of(context.db, conversation_of(place), place.thread);
  return home ? project_ref(*home) : "";
}

bool wants_peace(const Context& context) {
  return storage::muted::is_muted(context.db, context.sender.id) ||
         storage::contact::wishes(context.db, context.sender.id).stopped;
}

Post post_of(const Context& context) {
  const Update& update = context.update;
  Post post;
  post.adapter = update.place.adapter;
  post.workspace = update.place.workspace;
  post.conversation = update.place.conversation;
  post.thread = update.place.thread;
  post.message_id = update.message_id;
  post.person_id = context.sender.id;
  post.seen_at = context.now;
  return post;
}

void plan_notices(const Voice& voice) {
  const std::chrono::minutes pause(voice.house.config.posts.notice_minutes);
  auto due = voice.now + gather;
  if (const auto last = posts::last_told(voice.db)) due = std::max(due, *last + pause);
  storage::jobs::plan_once(voice.db, notices_kind, notices_kind, due);
}

void take_in(const Context& context, const Post& post) {
  if (posts::add(context.db, post)) plan_notices(context);
}

using Compose = std::function<Message(const std::string& language)>;

void tell_privately(const Voice& voice, const std::vector<storage::Person>& people, const Compose& compose) {
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

/// Says something to those who are to decide about posts of a project, or of none.
void tell_coordinators(const Voice& voice, std::optional<std::int64_t> project, const Compose& compose) {
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
  if (untold.size() == posts_at_once) plan_notices(voice);
}

void run_reminder(const Voice& voice, const std::string& payload) {
  const auto post = posts::find(voice.db, nlohmann::json::parse(payload).at("post").get<std::int64_t>());
  if (post && post->state == storage::PostState::later) show_to_coordinators(voice, *post);
}

}  // namespace

bool is_for_people(const Context& context) {
  return !context.may_answer() || context.house.config.posts.in_groups == PostConfig::InGroups::queue;
}

void queue_post(Context& context) {
  if (wants_peace(context)) return;
  const language::Post read =
      read_post(context.house, context.update.text, context.now, thread_project(context), false);
  if (read.action == language::Action::ignore) return;
  if (read.action == language::Action::withhold) {
    queue_withheld(context, reason_of(read));
    return;
  }
  if (read.intent == language::Intent::optout) {
    stop_writing(context);
    return;
  }
  Post post = post_of(context);
  post.url = context.update.url;
  post.text = context.update.text;
  post.parse = language::to_json(context.update.message_id, read);
  post.intent = language::name_of(read.intent);
  post.project_id = project_named(context, read);
  take_in(context, post);
}

void queue_withheld(Context& context, std::string_view category) {
  if (wants_peace(context)) return;
  Post post = post_of(context);
  post.withheld_for = category;
  const Place& place = context.update.place;
  post.project_id = storage::conversations::project_of(context.db, conversation_of(place), place.thread);
  take_in(context, post);
}

void show_to_coordinators(const Voice& voice, const Post& post) {
  tell_coordinators(voice, post.project_id, [&](const std::string& language) { return card(voice, language, post); });
}

void plan_reminder(const Voice& voice, std::int64_t post_id, std::chrono::sys_seconds at) {
  storage::jobs::plan(voice.db, reminder_kind, fmt::format("{}:{}", reminder_kind, post_id), at,
                      nlohmann::json{{"post", post_id}}.dump());
}

Timer queue_notices() {
  return {.kind = notices_kind, .run = run_notices};
}

Timer queue_reminder() {
  return {.kind = reminder_kind, .run = run_reminder};
}

}  // namespace osrbot
