#include "commands/confirmation.h"

#include "commands/context.h"
#include "storage/dialogues.h"

namespace osrbot {
namespace {

namespace dialogues = storage::dialogues;

/// The command that waits for an answer from the sender here; the question is closed, whatever the answer.
std::string take_question(Context& context) {
  const storage::conversations::Id here = conversation_of(context.update.place);
  const auto dialogue = dialogues::find(context.db, context.sender.id, here, context.now);
  if (!dialogue || dialogue->kind != confirm_dialogue) throw UserError("confirm.none");
  dialogues::close(context.db, context.sender.id, here);
  return dialogue->payload;
}

void run_yes(Context& context, const Args&) {
  const std::string command = take_question(context);
  context.run_confirmed(command);
}

void run_no(Context& context, const Args&) {
  take_question(context);
  context.reply("confirm.no");
}

}  // namespace

Command yes() {
  return {.name = "yes", .aliases = {"y", "ok", "okay", "confirm"}, .hidden = true, .run = run_yes};
}

Command no() {
  return {.name = "no", .aliases = {"n", "cancel", "never mind"}, .hidden = true, .run = run_no};
}

}  // namespace osrbot
