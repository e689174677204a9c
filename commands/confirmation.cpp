#include "commands/confirmation.h"

#include "commands/context.h"

namespace osrbot {
namespace {

bool take_answer(Context& context, const std::string& command, std::string_view text) {
  if (text != "yes" && text != "no") return false;
  close_dialogue(context);
  if (text == "yes") {
    context.run_confirmed(command);
  } else {
    context.reply("confirm.no");
  }
  return true;
}

void run_yes(Context& context, const Args&) {
  if (!answer_dialogue(context, "yes")) throw UserError("confirm.none");
}

void run_no(Context& context, const Args&) {
  if (!answer_dialogue(context, "no")) throw UserError("confirm.none");
}

}  // namespace

Command yes() {
  return {.name = "yes", .aliases = {"y", "ok", "okay", "confirm"}, .hidden = true, .run = run_yes};
}

Command no() {
  return {.name = "no", .aliases = {"n", "cancel", "never mind"}, .hidden = true, .run = run_no};
}

Dialogue confirmation() {
  return {.kind = confirm_dialogue, .answer = take_answer};
}

}  // namespace osrbot
