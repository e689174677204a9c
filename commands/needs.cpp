#include "commands/needs.h"

#include <algorithm>

#include <fmt/format.h>

#include "commands/context.h"
#include "commands/need_questions.h"
#include "commands/need_terms.h"
#include "commands/project_arguments.h"
#include "commands/searches.h"
#include "commands/team_warnings.h"
#include "commands/text_limits.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Need;
using storage::NeedState;

constexpr int needs_on_a_page = 10;
constexpr int names_shown = 10;

std::vector<language::FormValue> need_of_message(const Context& context, std::string_view words) {
  return terms_in(context, words);
}

std::optional<std::vector<language::FormValue>> need_kept(Context& context) {
  return kept_terms(*context.need);
}

void run_need_edit(Context& context, const Args& args) {
  Need need = *context.need;
  read_terms(context, args, need);
  if (args.emptied("skill")) set_skill(context, need, "");
  if (const std::string skill = args.text("skill"); !skill.empty()) set_skill(context, need, skill);
  need = keep_edited(context, *context.need, need);
  Message message;
  context.say(message, "need.edited", words_of(context.house, need));
  if (need.state == NeedState::open) ask_next(context, message, need);
  context.reply(message);
  announce_if_whole(context, need, &*context.need);
}

void run_need_show(Context& context, const Args&) {
  const Need& need = *context.need;
  Arguments arguments = words_of(context.house, need);
  arguments.emplace_back("title", context.project->title);
  arguments.emplace_back("names",
                         fmt::format("{}", fmt::join(storage::needs::people(context.db, need.id, names_shown), ", ")));
  std::vector<Button> buttons;
  if (need.state == NeedState::open) buttons.push_back(join_button(context, need));
  context.reply("need.show", arguments, std::move(buttons));
}

void run_need_close(Context& context, const Args& args) {
  const Need& need = *context.need;
  if (need.state == NeedState::closed) throw UserError("need.closed.already", words_of(context.house, need));
  const std::string why = checked_optional_text(args.text("reason"), "leave.reason", longest_note);
  storage::needs::close(context.db, need.id, why);
  context.record("need.closed", need_ref(need.id), {{"before", storage::to_string(need.state)}, {"why", why}});
  end_search(context, need, "closed");
  context.reply("need.closed", words_of(context.house, need));
}

void run_need_reopen(Context& context, const Args&) {
  const Need& before = *context.need;
  if (before.state != NeedState::closed) throw UserError("need.reopen.open", words_of(context.house, before));
  storage::needs::reopen(context.db, before.id);
  context.record("need.reopened", need_ref(before.id), {{"why", before.closed_why}});
  context.reply("need.reopened", words_of(context.house, *storage::needs::find(context.db, before.id)));
}

void run_needs(Context& context, const Args& args) {
  const auto* after = args.find<language::Ref>("after");
  const std::int64_t from = after ? after->number : 0;
  const std::string which = args.text("which");
  const bool everywhere = which == "everywhere" || !context.project;
  const bool closed_too = which == "with closed";
  const auto page =
      everywhere ? storage::needs::open_everywhere(context.db, context.sender.id, from, needs_on_a_page + 1)
                 : storage::needs::of_project(context.db, context.project->id, !closed_too, from, needs_on_a_page + 1);
  const std::string ref = everywhere ? "" : project_ref(context.project->id);
  const Arguments of_project = {{"project", ref}, {"title", everywhere ? "" : context.project->title}};
  if (page.empty()) {
    context.reply(after ? "list.end" : "needs.empty", of_project);
    return;
  }
  Message message;
  context.say(message, "needs.head", of_project);
  const std::size_t shown = std::min<std::size_t>(page.size(), needs_on_a_page);
  std::vector<Button> joins;
  for (std::size_t i = 0; i < shown; ++i) {
    Arguments line = words_of(context.house, page[i]);
    line.emplace_back("where", everywhere ? project_ref(page[i].project_id) : "");
    context.say(message, "need.line", line);
    if (page[i].state == NeedState::open && joins.size() < buttons_in_a_row)
      joins.push_back(join_button(context, page[i]));
  }
  if (!joins.empty()) {
    context.say(message, "needs.foot", {{"command", joins.front().command}});
    message.buttons.push_back(std::move(joins));
  }
  if (page.size() > shown) {
    message.buttons.push_back(
        {context.button("button.more", fmt::format("needs {} after {}",
                                                   everywhere ? "everywhere" : ref + (closed_too ? " with closed" : ""),
                                                   need_ref(page[shown - 1].id)))});
  }
  context.reply(message);
}

}  // namespace

void add_need(Context& context, const Args& args) {
  Need need;
  need.project_id = context.project->id;
  set_skill(context, need, args.text("skill"));
  read_terms(context, args, need);
  need.id = storage::needs::create(context.db, need, context.sender.id, context.now);
  context.record("need.added", need_ref(need.id), {{"skill", need.skill}, {"count", need.count}});
  Message message;
  context.say(message, "need.added", words_of(context.house, need));
  say_team_warnings(context, message);
  if (!ask_next(context, message, need)) message.buttons.push_back({join_button(context, need)});
  context.reply(message);
  announce_if_whole(context, need);
}

Command need() {
  auto arguments = need_terms();
  arguments.insert(arguments.begin(), optional_project());
  arguments.push_back({.name = "skill", .kind = ArgumentKind::rest});
  return {.name = "need",
          .aliases = {"need add", "add need", "need new", "new need", "we need"},
          .role = Role::coordinator,
          .about = About::project,
          .arguments = std::move(arguments),
          .run = add_need,
          .of_message = need_of_message};
}

Command need_edit() {
  auto arguments = need_terms();
  arguments.front().introduced_by = {"count"};
  arguments.insert(arguments.begin(), {.name = "need", .kind = ArgumentKind::need});
  arguments.push_back(
      {.name = "skill", .kind = ArgumentKind::text, .required = false, .introduced_by = {"skill", "skills"}});
  return {.name = "need edit",
          .aliases = {"edit need"},
          .role = Role::coordinator,
          .about = About::need,
          .arguments = std::move(arguments),
          .run = run_need_edit,
          .kept = need_kept};
}

Command need_show() {
  return {.name = "need show",
          .aliases = {"show need"},
          .role = Role::guest,
          .about = About::need,
          .arguments = {{.name = "need", .kind = ArgumentKind::need}},
          .run = run_need_show};
}

Command need_close() {
  return {.name = "need close",
          .aliases = {"close need"},
          .role = Role::coordinator,
          .about = About::need,
          .arguments = {{.name = "need", .kind = ArgumentKind::need},
                        {.name = "reason", .kind = ArgumentKind::rest, .required = false}},
          .run = run_need_close};
}

Command need_reopen() {
  return {.name = "need reopen",
          .aliases = {"reopen need", "need open"},
          .role = Role::coordinator,
          .about = About::need,
          .arguments = {{.name = "need", .kind = ArgumentKind::need}},
          .run = run_need_reopen};
}

Command needs() {
  return {.name = "needs",
          .aliases = {"need list", "list needs"},
          .role = Role::guest,
          .about = About::anything,
          .arguments = {optional_project(),
                        {.name = "which",
                         .kind = ArgumentKind::choice,
                         .required = false,
                         .choices = {"everywhere", "with closed"}},
                        {.name = "after", .kind = ArgumentKind::need, .required = false, .introduced_by = {"after"}}},
          .run = run_needs};
}

}  // namespace osrbot
