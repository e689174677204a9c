// A post becomes a need.
#include <algorithm>

#include <fmt/format.h>

#include "commands/dialogue.h"
#include "commands/forms.h"
#include "commands/language/text.h"
#include "commands/needs.h"
#include "commands/post_card.h"
#include "commands/post_reading.h"
#include "commands/queue.h"
#include "commands/queue_decisions.h"
#include "commands/skill_words.h"

namespace osrbot {
namespace {

using storage::Post;
using storage::Project;

constexpr std::string_view need_dialogue = "queue.need";
constexpr std::string_view keep_name = "queue keep";
constexpr std::chrono::hours need_patience{24};
constexpr int projects_on_buttons = 5;
constexpr int needs_at_once = 10;

/// The first word of a text, and what follows it.
std::pair<std::string_view, std::string_view> split(std::string_view text) {
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return {text, {}};
  std::string_view rest = text.substr(space);
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  return {text.substr(0, space), rest};
}

/// The project that words name, and nothing but it.
std::optional<Project> project_alone(const Context& context, std::string_view words) {
  if (words.empty() || words.contains(' ')) return std::nullopt;
  if (words.front() == 'P' || words.front() == 'p') {
    if (const auto number = post_from(words.substr(1))) return storage::projects::find(context.db, *number);
  }
  if (words.front() == '#') words.remove_prefix(1);
  return storage::projects::find_by_name(context.db, language::fold(words));
}

void ask_project(Context& context, const Post& post) {
  const std::string ref = post_ref(post.id);
  std::vector<Button> buttons;
  for (const Project& one : storage::projects::of_person(context.db, context.sender.id, projects_on_buttons)) {
    const std::string project = project_ref(one.id);
    buttons.push_back(
        {.label = project + " " + one.title, .command = fmt::format("queue need {} {}", ref, project), .url = ""});
  }
  Message message;
  context.say(message, "queue.need.project", {{"post", ref}});
  for (Button& button : buttons) message.buttons.push_back({std::move(button)});
  context.reply(message);
}

void ask_skill(Context& context, const Post& post, const std::string& project) {
  open_dialogue(context, need_dialogue, fmt::format("{} {}", post_ref(post.id), project), need_patience);
  context.reply("queue.need.skill", {{"post", post_ref(post.id)}, {"project", project}});
}

/// Shows what was understood as a form, where the platform has such; what asks for several needs does not fit into one.
bool offer_form(Context& context, const Post& post) {
  const auto command = std::ranges::find(context.house.commands, keep_name, &Command::name);
  if (!can_show_form(context, *command)) return false;
  const language::Post read = reading_of(context, post);
  if (read.needs.size() > 1) return false;
  FormState state{.values = {{"post", post_ref(post.id)}, {"deadline", read.deadline}}};
  if (post.project_id) state.values.push_back({"project", project_ref(*post.project_id)});
  if (read.extra.hours_per_week) state.values.push_back({"hours", fmt::format("{}", *read.extra.hours_per_week)});
  for (const language::Need& need : read.needs) {
    state.values.push_back({"skill", skill_label(context.house.vocabulary, need.skill, "en")});
    if (need.count) state.values.push_back({"count", fmt::format("{}", *need.count)});
  }
  Message otherwise;
  context.say(otherwise, "form.late", {{"usage", "queue need " + post_ref(post.id)}});
  show_form(context, *command, state, std::move(otherwise.blocks));
  return true;
}

/// The commands that keep what a post asks for; none where a question was asked instead.
std::vector<std::string> need_commands(Context& context, const Post& post, std::string_view words) {
  const auto named = project_alone(context, words);
  if (!words.empty() && !named) return {"need " + std::string(words)};
  const auto project = named ? std::optional(named->id) : post.project_id;
  if (!project) {
    ask_project(context, post);
    return {};
  }
  const language::Post read = reading_of(context, post);
  std::vector<std::string> commands;
  for (const language::Need& need : read.needs) {
    commands.push_back("need " + need_words(context.house, read, need, project_ref(*project)));
  }
  if (commands.empty()) ask_skill(context, post, project_ref(*project));
  return commands;
}

/// Answers below a post on a public platform belong to the project that took it up.
void bind_thread(const Context& context, const Post& post, std::int64_t project) {
  if (!context.house.platform(post.adapter).is_public) return;
  const storage::conversations::Id id{post.adapter, post.workspace, post.conversation};
  if (storage::conversations::bound_to(context.db, id, post.thread)) return;
  storage::conversations::bind(context.db, id, post.thread, project, context.now);
}

Post convertible_post(const Context& context, std::string_view ref) {
  Post post = named_open_post(context, ref);
  if (!post.withheld_for.empty()) throw UserError("queue.withheld", {{"post", post_ref(post.id)}});
  return post;
}

/// The needs after `before` are what became of the post.
void convert(Context& context, const Post& post, std::int64_t before) {
  if (!context.project) return;
  const auto made = storage::needs::of_project(context.db, context.project->id, false, before, needs_at_once);
  if (made.empty()) return;  // the command has said why
  std::string refs;
  for (const storage::Need& need : made) refs += (refs.empty() ? "" : ", ") + need_ref(need.id);
  bind_thread(context, post, context.project->id);
  storage::posts::set_converted(context.db, post.id, made.front().id, context.project->id, context.now);
  context.record("post.converted", post_ref(post.id),
                 {{"state", to_string(storage::PostState::converted)}, {"needs", refs}});
  const std::string first = need_ref(made.front().id);
  context.reply("queue.converted", {{"post", post_ref(post.id)}, {"needs", refs}, {"need", first}},
                {context.button("button.draft", "queue draft " + post_ref(post.id)),
                 context.button("button.announce", "announce " + first, {{"need", first}})});
}

void run_need(Context& context, const Args& args) {
  const std::string written = args.text("post");
  const auto [ref, words] = split(written);
  const Post post = convertible_post(context, ref);
  if (words.empty() && offer_form(context, post)) return;
  const std::int64_t before = storage::needs::newest(context.db);
  for (const std::string& command : need_commands(context, post, words)) context.run_confirmed(command);
  convert(context, post, before);
}

void run_keep(Context& context, const Args& args) {
  const Post post = convertible_post(context, args.text("post"));
  const std::int64_t before = storage::needs::newest(context.db);
  add_need(context, args);
  convert(context, post, before);
}

bool take_need(Context& context, const std::string& payload, std::string_view text) {
  close_dialogue(context);
  context.run_confirmed(fmt::format("queue need {} {}", payload, text));
  return true;
}

}  // namespace

Command queue_need() {
  return {.name = "queue need",
          .aliases = {"queue convert"},
          .role = Role::coordinator,
          .arguments = {{.name = "post", .kind = language::ArgumentKind::rest}},
          .run = run_need};
}

Command queue_keep() {
  Command command = need();
  command.name = keep_name;
  command.aliases = {};
  command.arguments.insert(command.arguments.begin(), {.name = "post", .kind = language::ArgumentKind::text});
  command.hidden = true;
  command.fields_of = "need";
  command.run = run_keep;
  return command;
}

Dialogue queue_need_dialogue() {
  return {.kind = need_dialogue, .answer = take_need};
}

}  // namespace osrbot
