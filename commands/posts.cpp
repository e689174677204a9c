#include "commands/posts.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "commands/consent.h"
#include "commands/first_steps.h"
#include "commands/language/post.h"
#include "commands/language/tag.h"
#include "commands/language/tokens.h"
#include "commands/post_reading.h"
#include "commands/queue_intake.h"
#include "commands/skill_words.h"
#include "commands/stopping.h"
#include "storage/announcements.h"
#include "storage/needs.h"
#include "storage/posts.h"

namespace osrbot {
namespace {

using language::Intent;

constexpr std::size_t buttons_offered = 3;

language::TagNames tag_names(const Config& config) {
  const std::vector<std::string>& tags = config.posts.tags;
  return {.tag = tags.front(), .aliases = {tags.begin() + 1, tags.end()}};
}

std::string home_ref(const Context& context) {
  const Place& place = context.update.place;
  const auto home = storage::conversations::project_of(context.db, conversation_of(place), place.thread);
  return home ? project_ref(*home) : "";
}

language::Post understand(const Context& context) {
  return read_post(context.house, context.update.text, context.now, home_ref(context), true);
}

void answer_call(Context& context, const language::Post& post) {
  Message message;
  context.say(
      message, post.needs.empty() ? "post.call.vague" : "post.call",
      {{"project", post.project}, {"deadlines", fmt::format("{}", fmt::join(post.extra.deadline_candidates, ", "))}});
  std::vector<Button> buttons;
  for (const language::Need& need : post.needs) {
    const std::string command = "need " + need_words(context.house, post, need, post.project);
    context.say(message, "post.call.need", {{"command", command}});
    if (!post.project.empty() && buttons.size() < buttons_offered) {
      buttons.push_back(
          context.button("button.make_need", command, {{"skill", skill_name(context.house.vocabulary, need.skill)}}));
    }
  }
  if (!buttons.empty()) message.buttons.push_back(std::move(buttons));
  context.reply(message);
}

void answer_volunteer(Context& context, const language::Post& post) {
  Message message;
  context.say(message, "post.volunteer",
              {{"person", context.sender.name}, {"skills", skill_names(context.house.vocabulary, post.skills)}});
  std::vector<Button> buttons;
  if (!post.project.empty()) {
    context.say(message, "post.volunteer.project", {{"project", post.project}});
    buttons.push_back(context.button("button.join", "join " + post.project, {{"ref", post.project}}));
  }
  const auto needs = fitting_needs(context, post.skills);
  for (const storage::Need& need : needs) {
    if (buttons.size() == buttons_offered) break;
    const std::string ref = fmt::format("N{}", need.id);
    context.say(message, "post.volunteer.need",
                {{"need", ref},
                 {"skill", wanted_skill(context.house.vocabulary, need.skill)},
                 {"project", project_ref(need.project_id)}});
    buttons.push_back(context.button("button.join", "join " + ref, {{"ref", ref}}));
  }
  context.say(message, needs.empty() ? "post.volunteer.none" : "post.volunteer.more");
  if (!has_consented(context)) {
    Button about = context.button("button.about_you", "start");
    about.in_private = !context.update.place.is_private;
    buttons.push_back(std::move(about));
  }
  if (!buttons.empty()) message.buttons.push_back(std::move(buttons));
  context.reply(message);
}

}  // namespace

bool is_tagged(std::string_view text, const Config& config) {
  if (!text.contains('#') && !text.contains("＃")) return false;
  return language::find_tag(language::Tokens(text), tag_names(config)).match != language::TagMatch::none;
}

void hear_post(Context& context) {
  if (is_for_people(context)) {
    queue_post(context);
  } else {
    answer_post(context);
  }
}

void forget_message(storage::Connection& db, const Update& update, std::chrono::sys_seconds now) {
  storage::posts::erase(db, update.place.adapter, update.place.conversation, update.message_id, now);
  storage::announcements::end_deleted(db, update.place.adapter, update.message_id);
}

bool answer_post(Context& context) {
  const language::Post post = understand(context);
  if (post.action == language::Action::withhold) {
    context.reply("post.withheld", {{"reason", reason_of(post)}});
    return true;
  }
  if (post.action == language::Action::ignore) return false;
  const Arguments arguments = {{"project", post.project}};
  switch (post.intent) {
    case Intent::call:
      answer_call(context, post);
      return true;
    case Intent::offer:
    case Intent::join:
      answer_volunteer(context, post);
      return true;
    case Intent::idea:
      context.reply("post.idea", arguments);
      return true;
    case Intent::question:
      context.reply("post.question", arguments, {context.button("button.projects", "project list")});
      return true;
    case Intent::update:
      context.reply("post.update", arguments);
      return true;
    case Intent::leave:
      context.reply("post.leave", arguments);
      return true;
    case Intent::optout:
      stop_writing(context);
      return true;
    case Intent::none:
      return false;
  }
  return false;
}

}  // namespace osrbot
