#include "commands/queue.h"

#include <algorithm>

#include <fmt/format.h>

#include "commands/local_time.h"
#include "commands/post_card.h"
#include "commands/queue_decisions.h"
#include "commands/queue_notices.h"
#include "commands/x_budget.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Post;
using storage::PostState;
namespace posts = storage::posts;

constexpr int posts_on_a_page = 10;
constexpr std::size_t buttons_shown = 3;
constexpr std::size_t reasons_shown = 8;
constexpr std::chrono::hours usual_delay{24};

std::vector<language::ArgumentSpec> one_post() {
  return {{.name = "post", .kind = ArgumentKind::rest}};
}

language::ArgumentSpec after_argument() {
  return {.name = "after", .kind = ArgumentKind::text, .required = false, .introduced_by = {"after"}};
}

void run_queue(Context& context, const Args& args) {
  require_discretion(context);
  const auto after = post_from(args.text("after"));
  const auto page = posts::waiting(context.db, context.now, after.value_or(0), posts_on_a_page + 1);
  const auto count = posts::count(context.db, context.now);
  Message message;
  if (page.empty()) {
    context.say(message, after ? "list.end" : "queue.empty", {{"later", count.put_off}});
    if (!after) say_x_budget(context, message);
    context.reply(message);
    return;
  }
  context.say(message, "queue.head", {{"count", count.waiting}, {"later", count.put_off}});
  const std::string& language = context.language_of(context.sender);
  const std::size_t shown = std::min<std::size_t>(page.size(), posts_on_a_page);
  std::vector<Button> shows;
  for (std::size_t i = 0; i < shown; ++i) {
    say_line(context, message, language, page[i]);
    if (shows.size() == buttons_shown) continue;
    const std::string ref = post_ref(page[i].id);
    shows.push_back(context.button("button.show", "queue show " + ref, {{"ref", ref}}));
  }
  message.buttons.push_back(std::move(shows));
  if (page.size() > shown) {
    message.buttons.push_back({context.button("button.more", "queue after " + post_ref(page[shown - 1].id))});
  }
  if (!after) say_x_budget(context, message);
  context.reply(message);
}

void run_show(Context& context, const Args& args) {
  const Post post = named_post(context, args.text("post"));
  const std::string& language = context.language_of(context.sender);
  Message message;
  say_card(context, message, language, post);
  if (!post.text.empty()) {
    const language::Post read = reading_of(context, post);
    const std::size_t shown = std::min(read.evidence.size(), reasons_shown);
    for (std::size_t i = 0; i < shown; ++i) {
      const language::Evidence& one = read.evidence[i];
      context.say(
          message, "queue.because",
          {{"words", post.text.substr(one.begin, one.end - one.begin)}, {"field", one.field}, {"value", one.value}});
    }
  }
  if (post.is_open()) {
    message.buttons = card_buttons(context, language, post);
  } else {
    context.say(message, "queue.state",
                {{"post", post_ref(post.id)},
                 {"state", to_string(post.state)},
                 {"need", post.need_id ? need_ref(*post.need_id) : ""}});
  }
  context.reply(message);
}

/// Notes what was decided about a post.
void decide(Context& context, const Post& post, PostState state, std::string_view action, std::string_view key) {
  posts::set_state(context.db, post.id, state, context.now);
  context.record(action, post_ref(post.id), {{"state", to_string(state)}});
  context.reply(key, {{"post", post_ref(post.id)}}, {context.button("button.queue", "queue")});
}

void run_answered(Context& context, const Args& args) {
  decide(context, named_open_post(context, args.text("post")), PostState::answered, "post.answered", "queue.answered");
}

void run_dismiss(Context& context, const Args& args) {
  decide(context, named_open_post(context, args.text("post")), PostState::dismissed, "post.dismissed",
         "queue.dismissed");
}

void run_later(Context& context, const Args& args) {
  const Post post = named_open_post(context, args.text("post"));
  auto until = context.now + usual_delay;
  if (const auto* date = args.find<language::DateValue>("when")) {
    const auto clock =
        date->minute_of_day < 0 ? std::chrono::minutes(morning) : std::chrono::minutes(date->minute_of_day);
    until = to_utc(std::chrono::local_days(date->candidates.front()) + clock, context.sender.time_zone);
    if (until <= context.now) throw UserError("queue.later.past");
  }
  posts::put_off(context.db, post.id, until, context.now);
  plan_reminder(context, post.id, until);
  context.record("post.later", post_ref(post.id), {{"state", to_string(PostState::later)}});
  context.reply("queue.later", {{"post", post_ref(post.id)}, {"when", to_local(until, context.sender.time_zone)}},
                {context.button("button.queue", "queue")});
}

void run_mute(Context& context, const Args& args) {
  const Post post = named_post(context, args.text("post"));
  const Arguments arguments = {{"author", post.author}, {"post", post_ref(post.id)}};
  if (!post.person_id) throw UserError("queue.mute.forgotten", arguments);
  if (!storage::muted::add(context.db, *post.person_id, context.sender.id, context.now)) {
    throw UserError("queue.mute.already", arguments);
  }
  posts::dismiss_of(context.db, *post.person_id, context.now);
  context.record("author.muted", post_ref(post.id), {{"person", *post.person_id}});
  context.reply("queue.muted", arguments, {context.button("button.queue", "queue")});
}

void run_unmute(Context& context, const Args& args) {
  require_discretion(context);
  const auto* number = args.find<std::int64_t>("number");
  const auto author = storage::muted::find(context.db, *number);
  if (!author) throw UserError("queue.unmute.unknown", {{"count", *number}});
  storage::muted::remove(context.db, author->id);
  context.record("author.unmuted", "", {{"person", author->person_id}});
  context.reply("queue.unmuted", {{"author", author->name}});
}

void run_muted(Context& context, const Args& args) {
  require_discretion(context);
  const auto* after = args.find<std::int64_t>("after");
  const auto page = storage::muted::list(context.db, after ? *after : 0, posts_on_a_page + 1);
  if (page.empty()) {
    context.reply(after ? "list.end" : "queue.muted.none");
    return;
  }
  Message message;
  context.say(message, "queue.muted.head");
  const std::size_t shown = std::min<std::size_t>(page.size(), posts_on_a_page);
  for (std::size_t i = 0; i < shown; ++i) {
    context.say(message, "queue.muted.line", {{"author", page[i].name}, {"number", fmt::format("{}", page[i].id)}});
  }
  if (page.size() > shown) {
    message.buttons.push_back({context.button("button.more", fmt::format("queue muted after {}", page[shown - 1].id))});
  }
  context.reply(message);
}

/// Where the queue is at home is the business of who runs the bot, or of any coordinator where nobody is named for it.
void require_right_to_move(const Context& context) {
  if (!context.is_administrator && !context.house.config.administrators.empty()) {
    throw UserError("queue.here.administrators");
  }
}

void run_here(Context& context, const Args&) {
  require_discretion(context);
  require_right_to_move(context);
  const Place& place = context.update.place;
  if (place.is_private) throw UserError("queue.here.private");
  storage::queue_home::bind(context.db, conversation_of(place), place.thread, context.now);
  context.record("queue.bound", "");
  context.reply("queue.here", {}, {context.button("button.queue", "queue")});
}

void run_away(Context& context, const Args&) {
  require_discretion(context);
  require_right_to_move(context);
  if (!storage::queue_home::find(context.db)) throw UserError("queue.away.none");
  storage::queue_home::unbind(context.db);
  context.record("queue.unbound", "");
  context.reply("queue.away");
}

}  // namespace

void require_discretion(const Context& context) {
  const Place& place = context.update.place;
  if (!context.house.platform(place.adapter).is_public) return;
  throw UserError("queue.public", {{"platform", place.adapter}, {"where", place.is_private ? "private" : "public"}});
}

Post named_post(const Context& context, std::string_view written) {
  require_discretion(context);
  const auto number = post_from(written);
  auto post = number ? posts::find(context.db, *number) : std::nullopt;
  if (!post) throw UserError("queue.unknown", {{"written", written}}, {context.button("button.queue", "queue")});
  return std::move(*post);
}

Post named_open_post(const Context& context, std::string_view written) {
  Post post = named_post(context, written);
  if (!post.is_open()) {
    throw UserError("queue.decided", {{"post", post_ref(post.id)},
                                      {"state", to_string(post.state)},
                                      {"need", post.need_id ? need_ref(*post.need_id) : ""}});
  }
  return post;
}

Command queue() {
  return {.name = "queue",
          .aliases = {"queue list", "posts"},
          .role = Role::coordinator,
          .arguments = {after_argument()},
          .run = run_queue};
}

Command queue_show() {
  return {.name = "queue show",
          .aliases = {"show post"},
          .role = Role::coordinator,
          .arguments = one_post(),
          .run = run_show};
}

Command queue_answered() {
  return {.name = "queue answered",
          .aliases = {"queue sent", "queue done"},
          .role = Role::coordinator,
          .arguments = one_post(),
          .run = run_answered};
}

Command queue_later() {
  return {.name = "queue later",
          .aliases = {"queue snooze"},
          .role = Role::coordinator,
          .arguments = {{.name = "when", .kind = ArgumentKind::date, .required = false},
                        {.name = "post", .kind = ArgumentKind::rest}},
          .run = run_later};
}

Command queue_dismiss() {
  return {.name = "queue dismiss",
          .aliases = {"queue drop", "queue ignore"},
          .role = Role::coordinator,
          .arguments = one_post(),
          .run = run_dismiss};
}

Command queue_mute() {
  return {.name = "queue mute", .aliases = {}, .role = Role::coordinator, .arguments = one_post(), .run = run_mute};
}

Command queue_unmute() {
  return {.name = "queue unmute",
          .aliases = {},
          .role = Role::coordinator,
          .arguments = {{.name = "number", .kind = ArgumentKind::count}},
          .run = run_unmute};
}

Command queue_muted() {
  return {.name = "queue muted",
          .aliases = {},
          .role = Role::coordinator,
          .arguments = {{.name = "after", .kind = ArgumentKind::count, .required = false, .introduced_by = {"after"}}},
          .run = run_muted};
}

Command queue_here() {
  return {.name = "queue here", .aliases = {}, .role = Role::coordinator, .arguments = {}, .run = run_here};
}

Command queue_away() {
  return {
      .name = "queue away", .aliases = {"queue nowhere"}, .role = Role::coordinator, .arguments = {}, .run = run_away};
}

}  // namespace osrbot
