#include "commands/start.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "commands/consent.h"
#include "commands/facts.h"
#include "commands/first_steps.h"
#include "commands/onboarding.h"
#include "commands/welcome.h"

namespace osrbot {
namespace {

void greet_known(Context& context, std::optional<std::int64_t> project) {
  const Facts kept = kept_facts(context);
  auto skills = kept.skills;
  std::ranges::copy(kept.wants, std::back_inserter(skills));
  Message message;
  context.say(message, "onboarding.known", {{"person", context.sender.name}});
  say_first_steps(context, message, context.language_of(context.sender), first_steps(context, skills, project));
  message.buttons.push_back({context.button("button.whats_new", "whats new"),
                             context.button("button.profile", "my profile"), context.button("button.help", "help")});
  context.reply(message);
}

/// The project that the command names, or the link by which somebody came: "P7".
std::optional<std::int64_t> project_named(const Context& context, const Args& args) {
  if (const auto* ref = args.find<language::Ref>("project")) return ref->number;
  const std::string_view payload = context.update.payload;
  if (!payload.starts_with('P')) return std::nullopt;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(payload.data() + 1, payload.data() + payload.size(), number);
  if (error != std::errc() || end != payload.data() + payload.size() || number <= 0) return std::nullopt;
  return number;
}

/// Goes on in private with who pressed a button where others read along, on platforms where the bot can open that
/// conversation by itself; false elsewhere.
bool greet_in_private(Context& context, std::optional<std::int64_t> project) {
  const Update& pressed = context.update;
  if (pressed.from.direct.empty() || !context.house.platform(pressed.place.adapter).private_messages) return false;
  Update there = pressed;
  there.place = {.adapter = pressed.place.adapter,
                 .workspace = pressed.place.workspace,
                 .conversation = pressed.from.direct,
                 .thread = {},
                 .is_private = true};
  there.message_id.clear();
  Context aside(context.house, context.db, there, context.now);
  greet(aside, project);
  context.refuse("private.look", {},
                 {{.label = context.words("button.private_chat"), .command = {}, .url = {}, .in_private = true}});
  return true;
}

void run_start(Context& context, const Args& args) {
  greet(context, project_named(context, args));
}

}  // namespace

void greet(Context& context, std::optional<std::int64_t> project) {
  if (!context.update.place.is_private) {
    // Where the platform cannot open the private chat by a button, people have to.
    if (context.update.kind == UpdateKind::button) {
      if (greet_in_private(context, project)) return;
      throw UserError("private.first", {{"command", "start"}});
    }
    invite_to_private_chat(context);
  } else if (!resume_onboarding(context, project)) {
    if (has_consented(context)) {
      greet_known(context, project);
    } else {
      begin_onboarding(context, project);
    }
  }
}

Command start() {
  return {.name = "start",
          .aliases = {"hello", "hi", "hey", "good morning", "good evening", "how do i join", "how can i join",
                      "how do i start", "how can i start", "get started"},
          .role = Role::guest,
          .arguments = {{.name = "project", .kind = language::ArgumentKind::project, .required = false}},
          .hidden = true,
          .run = run_start};
}

}  // namespace osrbot
