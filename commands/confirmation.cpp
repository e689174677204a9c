#include "commands/confirmation.h"

#include <optional>

#include "commands/context.h"
#include "commands/stopping.h"

namespace osrbot {
namespace {

bool take_confirmation(Context& context, const std::string& command, std::string_view text) {
  // Whoever wants no more questions does not want this to be done either.
  const auto yes = steer_of(context, text) == Steer::stop ? std::optional(false) : yes_or_no(context, text);
  if (!yes) return false;
  close_dialogue(context);
  if (*yes) {
    context.run_confirmed(command);
  } else {
    context.reply("confirm.no");
  }
  return true;
}

/// Words that follow a yes or no may say something else: "no me escribas más", "no wait I mean yes".
void answer_with(Context& context, std::string_view word) {
  const bool is_clear = yes_or_no(context, context.written).has_value();
  if (!is_clear && stop_if_asked(context)) return;
  if (answer_dialogue(context, is_clear ? word : context.written)) return;
  if (is_clear || !is_in_dialogue(context)) throw UserError("confirm.none");
  throw UserError("confirm.unclear", {}, {context.button("button.yes", "yes"), context.button("button.no", "no")});
}

void run_yes(Context& context, const Args&) {
  answer_with(context, "yes");
}

void run_no(Context& context, const Args&) {
  answer_with(context, "no");
}

}  // namespace

Command yes() {
  return {.name = "yes", .aliases = {"y", "ok", "okay", "confirm"}, .hidden = true, .run = run_yes};
}

Command no() {
  return {.name = "no", .aliases = {"n", "cancel", "never mind"}, .hidden = true, .run = run_no};
}

Dialogue confirmation() {
  return {.kind = confirm_dialogue, .answer = take_confirmation};
}

}  // namespace osrbot
