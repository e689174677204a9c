#include "commands/undo.h"

#include <algorithm>
#include <charconv>
#include <functional>

#include "commands/audit_log.h"
#include "commands/context.h"
#include "commands/payload.h"
#include "commands/reversals.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::audit::Entry;

constexpr std::chrono::minutes to_change_ones_mind{10};
constexpr std::size_t events_named = 10;

/// People take back what they did themselves, for a while and as long as they are in the team (or it was `leaving`);
/// coordinators all else.
bool may_take_back(Context& context, const Entry& event, bool leaving = false) {
  if (context.is_administrator) return true;
  const bool own = event.person_id == context.sender.id && event.at >= context.now - to_change_ones_mind;
  if (!event.project_id) return own;
  const auto role = storage::projects::role_of(context.db, *event.project_id, context.sender.id);
  if (role == storage::projects::Role::coordinator) return true;
  return own && (role || leaving);
}

void require_right(Context& context, const Entry& event, bool leaving) {
  if (may_take_back(context, event, leaving)) return;
  throw UserError("undo.refused", {{"event", event_ref(event.id)},
                                   {"project", event.project_id ? project_ref(*event.project_id) : ""},
                                   {"minutes", to_change_ones_mind.count()}});
}

/// What is to be taken back, the last first.
std::vector<Entry> wanted(Context& context, const std::string& which) {
  if (which.empty()) {
    auto events = storage::audit::last_of_person(context.db, context.sender.id, context.now - to_change_ones_mind);
    if (events.empty()) throw UserError("undo.nothing", {{"minutes", to_change_ones_mind.count()}});
    return events;
  }
  std::vector<Entry> events;
  if (const auto number = event_from(which)) {
    if (auto event = storage::audit::find(context.db, *number)) events.push_back(*std::move(event));
  } else {
    events = storage::audit::of_run(context.db, which);
    // A run goes through many projects: of each its coordinators decide.
    const auto may = [&](const Entry& event) { return may_take_back(context, event); };
    if (std::ranges::any_of(events, may)) std::erase_if(events, std::not_fn(may));
  }
  if (events.empty()) throw UserError("undo.unknown", {{"written", which}});
  return events;
}

void say_events(const Context& context, Message& message, const std::vector<Entry>& events) {
  for (std::size_t i = 0; i < std::min(events.size(), events_named); ++i) say_event(context, message, events[i]);
  if (events.size() > events_named) context.say(message, "undo.more", {{"count", events.size() - events_named}});
}

/// Whoever did something, or to whom it was done, hears that somebody else took it back; each of them once.
void tell_others(const Context& context, const std::vector<Entry>& events) {
  std::vector<std::int64_t> told = {context.sender.id};
  const auto tell = [&](std::int64_t id, const Entry& event, std::string_view key) {
    if (std::ranges::find(told, id) != told.end()) return;
    told.push_back(id);
    if (const auto person = storage::people::find(context.db, id)) {
      context.tell(*person, key,
                   {{"by", context.sender.name}, {"event", event_ref(event.id)}, {"object", event.object}}, {},
                   context.update.place.adapter);
    }
  };
  for (const Entry& event : events) {
    if (event.person_id) tell(*event.person_id, event, "undo.told");
    const Payload details(event.details);
    if (const auto* person = details.find_integer("person")) tell(*person, event, "undo.told.concerned");
  }
}

void run_undo(Context& context, const Args& args) {
  const auto events = wanted(context, args.text("event"));
  const bool leaving = std::ranges::find(events, "member.left", &Entry::action) != events.end();
  for (const Entry& event : events) require_right(context, event, leaving);
  Message message;
  if (events.size() > events_named && !context.confirmed) {
    context.say(message, "undo.ask", {{"count", events.size()}});
    say_events(context, message, events);
    context.ask(std::move(message));
    return;
  }
  for (const Entry& event : events) take_back(context, event);
  context.say(message, "undo.done", {{"count", events.size()}});
  say_events(context, message, events);
  tell_others(context, events);
  context.reply(message);
}

}  // namespace

std::optional<std::int64_t> event_from(std::string_view text) {
  if (text.starts_with('E') || text.starts_with('e')) text.remove_prefix(1);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number <= 0) return std::nullopt;
  return number;
}

Command undo() {
  return {.name = "undo",
          .aliases = {"take back", "revert"},
          .role = Role::guest,
          .arguments = {{.name = "event", .kind = ArgumentKind::rest, .required = false}},
          .run = run_undo};
}

}  // namespace osrbot
