#include "commands/audit_log.h"

#include <algorithm>
#include <limits>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "commands/context.h"
#include "commands/payload.h"
#include "commands/timer.h"
#include "commands/undo.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::audit::Entry;

constexpr int events_on_a_page = 10;

std::string name_of(const Context& context, std::int64_t person_id) {
  const auto person = storage::people::find(context.db, person_id);
  return person ? person->name : "";
}

/// The person, the bot, or (of an event without a person that came from a platform) somebody who was forgotten.
std::string actor_of(const Context& context, const Entry& event) {
  if (!event.person_name.empty()) return event.person_name;
  return context.words(event.adapter == timer_adapter ? "log.somebody" : "log.forgotten");
}

/// Where a page begins: after `before E12`, at the newest event without it.
std::int64_t newest_on_page(const Args& args) {
  const std::string before = args.text("before");
  if (before.empty()) return std::numeric_limits<std::int64_t>::max();
  const auto event = event_from(before);
  if (!event) throw UserError("log.before", {{"written", before}});
  return *event;
}

std::vector<Entry> page_of(Context& context, const Args& args, std::int64_t before) {
  const int limit = events_on_a_page + 1;
  if (context.task) return storage::audit::of_object(context.db, task_ref(context.task->id), before, limit);
  if (args.find<language::PersonName>("person") != nullptr) {
    const storage::Person person = context.person(args, "person");
    if (person.id != context.sender.id && context.role < Role::coordinator) {
      throw UserError("log.others", {{"project", project_ref(context.project->id)}});
    }
    return storage::audit::of_person(context.db, context.project->id, person.id, before, limit);
  }
  return storage::audit::of_project(context.db, context.project->id, before, limit);
}

/// The command that shows the next page of this one.
std::string next_page(const Context& context, const Args& args, std::int64_t last) {
  std::string command = "log ";
  command += context.task ? task_ref(context.task->id) : project_ref(context.project->id);
  if (const auto* person = args.find<language::PersonName>("person")) {
    command += person->is_me ? " me" : " @" + person->handle;
  }
  return command + " before " + event_ref(last);
}

void run_log(Context& context, const Args& args) {
  const std::int64_t before = newest_on_page(args);
  const auto page = page_of(context, args, before);
  const std::string object = context.task ? task_ref(context.task->id) : project_ref(context.project->id);
  if (page.empty()) {
    context.reply(args.text("before").empty() ? "log.empty" : "list.end", {{"object", object}});
    return;
  }
  Message message;
  context.say(message, "log.head",
              {{"object", object}, {"title", context.task ? context.task->title : context.project->title}});
  const std::size_t shown = std::min<std::size_t>(page.size(), events_on_a_page);
  for (std::size_t i = 0; i < shown; ++i) say_event(context, message, page[i]);
  context.say(message, "log.foot", {{"event", event_ref(page.front().id)}});
  if (page.size() > shown) {
    message.buttons.push_back({context.button("button.more", next_page(context, args, page[shown - 1].id))});
  }
  context.reply(message);
}

}  // namespace

std::string event_ref(std::int64_t id) {
  return fmt::format("E{}", id);
}

void say_event(const Context& context, Message& message, const Entry& event) {
  Arguments arguments = {{"event", event_ref(event.id)},
                         {"date", fmt::format("{:%Y-%m-%d}", event.at)},
                         {"actor", actor_of(context, event)},
                         {"object", event.object},
                         {"undone", event.undone_by ? event_ref(*event.undone_by) : ""}};
  const Payload details(event.details);
  for (const auto& [name, value] : details.values()) {
    const auto* number = std::get_if<std::int64_t>(&value);
    if (name == "person" && number) {
      arguments.push_back({"whom", name_of(context, *number)});
    } else if (number) {
      arguments.push_back({name, *number});
    } else {
      arguments.push_back({name, std::get<std::string>(value)});
    }
  }
  const std::string key = "log." + event.action;
  arguments.push_back({"what", context.words(context.house.words.has(key) ? key : "log.other", arguments)});
  context.say(message, "log.line", arguments);
}

Command log() {
  return {.name = "log",
          .aliases = {"history", "audit"},
          .role = Role::guest,
          .about = About::project,
          .arguments = {{.name = "project", .kind = ArgumentKind::project, .required = false},
                        {.name = "task", .kind = ArgumentKind::task, .required = false},
                        {.name = "person", .kind = ArgumentKind::person, .required = false},
                        {.name = "before", .kind = ArgumentKind::text, .required = false, .introduced_by = {"before"}}},
          .run = run_log};
}

}  // namespace osrbot
