#include "commands/queue_intake.h"

#include "commands/language/entities.h"
#include "commands/language/post_json.h"
#include "commands/language/text.h"
#include "commands/post_card.h"
#include "commands/post_reading.h"
#include "commands/queue_notices.h"
#include "commands/stopping.h"
#include "storage/contact.h"

namespace osrbot {
namespace {

namespace posts = storage::posts;
using storage::Post;

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

void take_in(const Context& context, const Post& post) {
  if (posts::add(context.db, post)) plan_queue_notices(context);
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

}  // namespace osrbot
