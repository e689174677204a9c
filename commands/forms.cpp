#include "commands/forms.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "commands/text_limits.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using language::ArgumentSpec;
using language::FormValue;
using nlohmann::json;

constexpr int projects_offered = 100;
constexpr std::size_t longest_list = 3'000;

/// Arguments by which the bot turns pages are none that a person fills in.
bool is_filled_in(const ArgumentSpec& argument) {
  return argument.name != "after" && argument.name != "before";
}

Field::Kind kind_of(const ArgumentSpec& argument) {
  switch (argument.kind) {
    case ArgumentKind::date:
      return Field::Kind::date;
    case ArgumentKind::hours:
    case ArgumentKind::count:
    case ArgumentKind::percentage:
      return Field::Kind::number;
    case ArgumentKind::choice:
      return argument.repeated ? Field::Kind::choices : Field::Kind::choice;
    case ArgumentKind::rest:
      return argument.repeated ? Field::Kind::text : Field::Kind::line;
    case ArgumentKind::credit:
    case ArgumentKind::project:
    case ArgumentKind::need:
    case ArgumentKind::task:
    case ArgumentKind::person:
    case ArgumentKind::duration:
    case ArgumentKind::url:
    case ArgumentKind::text:
      return argument.repeated ? Field::Kind::text : Field::Kind::line;
  }
  std::unreachable();
}

std::string capitalised(std::string_view name) {
  std::string text(name);
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

/// By which the catalogue knows the words of a form.
std::string words_name(const Command& command) {
  return command.fields_of.empty() ? catalogue_name(command) : std::string(command.fields_of);
}

/// The catalogue's words for a part of the form, the command's own before those that all commands share.
std::string words_for(const Context& context, std::string_view what, const Command& command, std::string_view part,
                      std::string otherwise) {
  for (const std::string& key :
       {fmt::format("{}.{}.{}", what, words_name(command), part), fmt::format("{}.{}", what, part)}) {
    if (context.house.words.has(key)) return context.words(key);
  }
  return otherwise;
}

/// One of the sender's projects is chosen, not typed.
void offer_projects(const Context& context, Field& field) {
  const auto own = storage::projects::of_person(context.db, context.sender.id, projects_offered);
  if (own.empty()) return;
  field.kind = Field::Kind::choice;
  for (const storage::Project& project : own) {
    const std::string ref = project_ref(project.id);
    field.options.push_back({.value = ref, .label = fmt::format("{} {}", ref, project.title)});
  }
  const Place& here = context.update.place;
  const auto home = storage::conversations::project_of(context.db, conversation_of(here), here.thread);
  if (field.values.empty() && home) field.values = {project_ref(*home)};
  if (field.values.empty() && own.size() == 1) field.values = {field.options.front().value};
}

Field field_of(const Context& context, const Command& command, const ArgumentSpec& argument, const FormState& state) {
  Field field{.name = std::string(argument.name), .kind = kind_of(argument)};
  field.label = words_for(context, "field", command, argument.name, capitalised(argument.name));
  field.hint = words_for(context, "field.hint", command, argument.name, "");
  field.required = argument.required || (argument.kind == ArgumentKind::project && command.about == About::project);
  field.longest = field.kind == Field::Kind::text ? longest_list : longest_note;
  for (const auto choice : argument.choices) {
    field.options.push_back({.value = std::string(choice), .label = capitalised(choice)});
  }
  for (const FormValue& value : state.values) {
    if (value.argument != argument.name || value.text.empty()) continue;
    if (field.kind == Field::Kind::text && !field.values.empty()) {
      field.values.front() += "\n" + value.text;
    } else if (field.kind == Field::Kind::choices || field.values.empty()) {
      field.values.push_back(value.text);
    }
  }
  // What is kept is shown whole: what comes back shortened would be a change.
  for (const std::string& value : field.values) field.longest = std::max(field.longest, value.size());
  if (argument.kind == ArgumentKind::project) offer_projects(context, field);
  for (const auto& [name, error] : state.errors) {
    if (name == argument.name && field.error.empty()) field.error = error;
  }
  return field;
}

}  // namespace

std::string_view object_argument(const Command& command) {
  if (command.kept == nullptr || command.about == About::nothing) return {};
  return command.arguments.front().name;
}

bool can_show_form(const Context& context, const Command& command) {
  return !context.update.dialog.empty() && std::ranges::any_of(command.arguments, is_filled_in);
}

void show_form(Context& context, const Command& command, const FormState& state, std::vector<Block> otherwise) {
  const std::string title = "form." + words_name(command);
  Form form{.title = context.house.words.has(title) ? context.words(title) : capitalised(command.name),
            .submit = context.words("form.submit"),
            .command = std::string(command.name) + (state.object.empty() ? "" : " " + state.object),
            .fields = {},
            .error = state.error};
  for (const ArgumentSpec& argument : command.arguments) {
    const bool is_object = !state.object.empty() && argument.name == object_argument(command);
    if (is_filled_in(argument) && !is_object) form.fields.push_back(field_of(context, command, argument, state));
  }
  for (const auto& [name, error] : state.errors) {
    if (form.error.empty() && std::ranges::find(form.fields, name, &Field::name) == form.fields.end()) {
      form.error = error;
    }
  }
  context.show_dialog({.blocks = std::move(otherwise), .buttons = {}, .form = std::move(form)});
}

void close_form(const Context& context) {
  context.show_dialog({});
}

std::vector<FormValue> values_in(std::string_view payload) {
  std::vector<FormValue> values;
  if (payload.empty()) return values;
  const json object = parse_json(payload);
  if (!object.is_object()) throw std::invalid_argument("the values of a form are no object");
  const auto add = [&](const std::string& name, const json& value) {
    if (!value.is_string()) throw std::invalid_argument("a value of a form is no text");
    values.push_back({.argument = name, .text = value.get<std::string>()});
  };
  for (const auto& [name, value] : object.items()) {
    if (!value.is_array()) {
      add(name, value);
      continue;
    }
    for (const json& one : value) add(name, one);
  }
  return values;
}

std::vector<FormValue> values_of(const std::vector<language::ParsedArgument>& arguments) {
  std::vector<FormValue> values;
  for (const language::ParsedArgument& argument : arguments) {
    values.push_back({.argument = std::string(argument.name), .text = language::as_entered(argument.value)});
  }
  return values;
}

std::string typed(const Command& command, const std::vector<language::ParsedArgument>& arguments) {
  std::string line(command.name);
  std::string rest;
  for (const ArgumentSpec& spec : command.arguments) {
    for (const language::ParsedArgument& argument : arguments) {
      if (argument.name != spec.name) continue;
      std::string value = language::as_entered(argument.value);
      if (spec.kind == ArgumentKind::hours) value += "h/week";
      if (spec.kind == ArgumentKind::percentage) value += "%";
      if (spec.kind == ArgumentKind::rest) {
        rest += (rest.empty() ? " " : "\n- ") + value;
        continue;
      }
      if (!spec.introduced_by.empty()) line += fmt::format(" {}", spec.introduced_by.front());
      line += spec.kind == ArgumentKind::text ? fmt::format(" \"{}\"", value) : " " + value;
    }
  }
  return line + rest;
}

}  // namespace osrbot
