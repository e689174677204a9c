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
    case CommandError::Kind::second_command:
    case CommandError::Kind::too_many_commands:
      break;
  }
  return context.words("form.bad");
}

/// What is said where a form cannot be shown after all.
std::vector<Block> said_late(const Context& context, const Command& command) {
  Message message;
  context.say(message, "form.late", {{"usage", usage(command)}});
  return std::move(message.blocks);
}

/// A form is named by its command, and by the object behind it if it changes one: "need edit N5".
std::pair<const language::VerbSpec*, std::string> named_by(std::string_view text,
                                                           const std::vector<language::VerbSpec>& verbs,
                                                           const std::vector<Command>& commands) {
  for (std::size_t i = 0; i < verbs.size(); ++i) {
    if (text == verbs[i].name) return {&verbs[i], {}};
    const bool has_object = !object_argument(commands[i]).empty() && text.starts_with(verbs[i].name) &&
                            text.substr(verbs[i].name.size()).starts_with(' ');
    if (has_object) return {&verbs[i], std::string(text.substr(verbs[i].name.size() + 1))};
  }
  return {nullptr, {}};
}

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Takes from what was submitted what stands there as it was shown, and says what was emptied.
std::vector<std::string_view> take_kept(std::vector<FormValue>& values, const std::vector<FormValue>& kept,
                                        const language::VerbSpec& verb) {
  std::vector<std::string_view> emptied;
  for (const FormValue& one : kept) {
    const auto value = std::ranges::find(values, one.argument, &FormValue::argument);
    const auto spec = std::ranges::find(verb.arguments, one.argument, &language::ArgumentSpec::name);
    if (value == values.end() || spec == verb.arguments.end()) continue;
    const auto now = without_blanks(value->text);
    if (now.empty()) emptied.push_back(spec->name);
    if (now == one.text) values.erase(value);
  }
  return emptied;
}

bool is_given(const ParsedCommand& parsed, const std::string& argument) {
  return std::ranges::any_of(parsed.arguments, [&](const auto& one) { return one.name == argument; });
}

}  // namespace

void Router::handle_form(const Update& update, storage::Connection& db, std::chrono::sys_seconds now) {
  Context context(house_, db, update, now);
  const auto [verb, object] = named_by(update.text, verbs_, commands_);
  if (verb == nullptr) {  // the form was made by another version of the bot
    context.refuse("error.unknown_verb", {{"written", update.text}, {"suggestions", ""}},
                   {context.button("button.help", "help")});
    return;
  }
  const Command& command = command_of(*verb);
  auto values = values_in(update.payload);
  if (update.kind == UpdateKind::submitted) return submit_form(context, command, values, object);
  if (const auto refusal = refusal_beforehand(context, command, {.verb = verb})) {
    return context.refuse(refusal->key(), refusal->arguments(), refusal->buttons());
  }
  if (!can_show_form(context, command)) return;
  if (!update.reply_to.empty() && command.of_message != nullptr && !values.empty()) {
    const std::string words = values.front().text;
    if (withhold_patient_data(context, words)) return;
    values = command.of_message(context, words);
  }
  // Where nothing may be kept yet the command says so by itself: consent comes first.
  if (command.kept != nullptr && object_argument(command).empty()) return run(context, {.verb = verb}, {});
  show_form(context, command, {.values = values}, said_late(context, command));
}

std::optional<std::vector<FormValue>> Router::kept_by(Context& context, const Command& command,
                                                      const std::string& object) {
  const auto argument = object_argument(command);
  if (command.kept == nullptr || argument.empty() != object.empty()) return std::nullopt;
  const auto& verb = verbs_.at(static_cast<std::size_t>(&command - commands_.data()));
  ParsedCommand about{.verb = &verb};
  if (!object.empty()) {
    // The kind is the first letter, as in "N5".
    auto read = language::read_form({.name = verb.name, .aliases = {}, .arguments = {verb.arguments.front()}},
                                    {{.argument = std::string(argument), .text = object}}, {});
    if (!std::holds_alternative<ParsedCommand>(read)) return std::nullopt;
    about.arguments = std::move(std::get<ParsedCommand>(read).arguments);
  }
  try {
    const storage::Savepoint nothing_stays(context.db);
    storage::changes::begin(context.db);
    context.resolve(command, Args(about));
    return command.kept(context);
  } catch (const UserError&) {
    return std::nullopt;  // the command says it by itself when it runs
  }
}

bool Router::offer_change(Context& context, const Command& command, const ParsedCommand& parsed) {
  if (command.kept == nullptr || !parsed.emptied.empty() || !can_show_form(context, command)) return false;
  if (context.update.kind == UpdateKind::submitted) return false;
  std::string object;
  for (const auto& argument : parsed.arguments) {
    if (argument.name != object_argument(command)) return false;
    object = language::as_entered(argument.value);
  }
  const auto kept = kept_by(context, command, object);
  if (!kept) return false;
  show_form(context, command, {.values = *kept, .object = object}, said_late(context, command));
  return true;
}

void Router::submit_form(Context& context, const Command& command, const std::vector<FormValue>& values,
                         const std::string& object) {
  std::string everything;
  for (const FormValue& value : values) everything += value.text + "\n";
  if (withhold_patient_data(context, everything)) return close_form(context);

  context.run_confirmed = [this, &context](const std::string& again) { run_confirmed(context, again); };
  const auto& verb = verbs_.at(static_cast<std::size_t>(&command - commands_.data()));
  std::vector<FormValue> said = values;
  std::vector<std::string_view> emptied;
  if (const auto kept = kept_by(context, command, object)) emptied = take_kept(said, *kept, verb);
  if (!object.empty()) said.push_back({.argument = std::string(object_argument(command)), .text = object});
  auto read = language::read_form(verb, said, to_local(context.now, context.sender.time_zone));
  FormState state{.values = values, .object = object};
  if (auto* parsed = std::get_if<ParsedCommand>(&read)) {
    parsed->emptied = std::move(emptied);
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
  show_form(context, command, state, said_late(context, command));
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
