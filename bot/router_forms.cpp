// Commands that come and go as forms.
#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "bot/router.h"
#include "commands/forms.h"
#include "commands/local_time.h"
#include "commands/moderation.h"
#include "storage/changes.h"

namespace osrbot {
namespace {

using language::CommandError;
using language::FormValue;
using language::ParsedCommand;

std::string explanation(const Context& context, const CommandError& error) {
  switch (error.kind) {
    case CommandError::Kind::missing_argument:
      return context.words("form.missing");
    case CommandError::Kind::ambiguous_date:
    case CommandError::Kind::ambiguous_number:
      return context.words("form.ambiguous", {{"suggestions", fmt::format("{}", fmt::join(error.suggestions, ", "))}});
    case CommandError::Kind::unknown_verb:
    case CommandError::Kind::bad_argument:
    case CommandError::Kind::unexpected_text:
    case CommandError::Kind::too_many_commands:
      break;
  }
  return context.words("form.bad");
}

bool is_given(const ParsedCommand& parsed, const std::string& argument) {
  return std::ranges::any_of(parsed.arguments, [&](const auto& one) { return one.name == argument; });
}

}  // namespace

void Router::handle_form(const Update& update, storage::Connection& db, std::chrono::sys_seconds now) {
  Context context(house_, db, update, now);
  const auto verb = std::ranges::find(verbs_, update.text, &language::VerbSpec::name);
  if (verb == verbs_.end()) {  // the form was made by another version of the bot
    context.refuse("error.unknown_verb", {{"written", update.text}, {"suggestions", ""}},
                   {context.button("button.help", "help")});
    return;
  }
  const Command& command = command_of(*verb);
  const auto values = values_in(update.payload);
  if (update.kind == UpdateKind::submitted) {
    submit_form(context, command, values);
  } else if (const auto refusal = refusal_beforehand(context, command, {.verb = &*verb})) {
    context.refuse(refusal->key(), refusal->arguments(), refusal->buttons());
  } else if (can_show_form(context, command)) {
    Message otherwise;
    context.say(otherwise, "form.late", {{"usage", usage(command)}});
    show_form(context, command, {.values = values}, std::move(otherwise.blocks));
  }
}

void Router::submit_form(Context& context, const Command& command, const std::vector<FormValue>& values) {
  std::string everything;
  for (const FormValue& value : values) everything += value.text + "\n";
  if (withhold_patient_data(context, everything)) return close_form(context);

  context.run_confirmed = [this, &context](const std::string& again) { run_confirmed(context, again); };
  const auto& verb = verbs_.at(static_cast<std::size_t>(&command - commands_.data()));
  const auto read = language::read_form(verb, values, to_local(context.now, context.sender.time_zone));
  FormState state{.values = values};
  if (const auto* parsed = std::get_if<ParsedCommand>(&read)) {
    const std::string written = typed(command, parsed->arguments);
    const auto refusal = attempt(context, command, *parsed, written);
    if (!refusal) return close_form(context);
    std::string why = context.words(refusal->key(), refusal->arguments());
    if (refusal->argument().empty()) {
      state.error = std::move(why);
    } else {
      state.errors.emplace_back(refusal->argument(), std::move(why));
    }
  } else {
    for (const CommandError& error : std::get<std::vector<CommandError>>(read)) {
      state.errors.emplace_back(error.argument, explanation(context, error));
    }
  }
  Message otherwise;
  context.say(otherwise, "form.late", {{"usage", usage(command)}});
  show_form(context, command, state, std::move(otherwise.blocks));
}

bool Router::offer_form(Context& context, const Command& command, const ParsedCommand& parsed,
                        const UserError& refusal) {
  if (refusal.argument().empty() || is_given(parsed, refusal.argument()) || !can_show_form(context, command)) {
    return false;
  }
  if (const auto forbidden = refusal_beforehand(context, command, parsed)) {
    context.refuse(forbidden->key(), forbidden->arguments(), forbidden->buttons());
    return true;
  }
  Message otherwise;
  context.say(otherwise, refusal.key(), refusal.arguments());
  show_form(context, command, {.values = values_of(parsed.arguments)}, std::move(otherwise.blocks));
  return true;
}

std::optional<UserError> Router::refusal_beforehand(Context& context, const Command& command,
                                                    const ParsedCommand& parsed) {
  // A task or a need that is not named yet says nothing of who may.
  if (command.about != About::project && command.about != About::anything && command.about != About::nothing) {
    return std::nullopt;
  }
  try {
    const storage::Savepoint nothing_stays(context.db);
    storage::changes::begin(context.db);
    context.resolve(command, Args(parsed));
  } catch (const UserError& error) {
    if (error.argument().empty()) return error;
  }
  return std::nullopt;
}

}  // namespace osrbot
