#include "adapters/message_parts.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace osrbot {
namespace {

using nlohmann::json;

constexpr std::array<std::pair<Surface, const char*>, 3> surfaces = {{
    {Surface::one_person, "one_person"},
    {Surface::home, "home"},
    {Surface::dialog, "dialog"},
}};

constexpr std::array<std::pair<Field::Kind, const char*>, 6> kinds = {{
    {Field::Kind::line, "line"},
    {Field::Kind::text, "text"},
    {Field::Kind::number, "number"},
    {Field::Kind::date, "date"},
    {Field::Kind::choice, "choice"},
    {Field::Kind::choices, "choices"},
}};

constexpr std::array<std::pair<Button::Use, const char*>, 2> uses = {{
    {Button::Use::pick, "pick"},
    {Button::Use::again, "again"},
}};

template <class Value, std::size_t n>
const char* name_of(const std::array<std::pair<Value, const char*>, n>& names, Value value) {
  return std::ranges::find(names, value, &std::pair<Value, const char*>::first)->second;
}

template <class Value, std::size_t n>
Value value_of(const std::array<std::pair<Value, const char*>, n>& names, const std::string& name) {
  for (const auto& [value, one] : names) {
    if (name == one) return value;
  }
  throw std::invalid_argument("not a message: unknown value \"" + name + "\"");
}

json to_json(const Field& field) {
  json out = {{"name", field.name}, {"kind", name_of(kinds, field.kind)}, {"label", field.label}};
  if (!field.hint.empty()) out["hint"] = field.hint;
  if (field.required) out["required"] = true;
  if (field.longest > 0) out["longest"] = field.longest;
  for (const Field::Option& option : field.options) {
    out["options"].push_back({{"value", option.value}, {"label", option.label}});
  }
  if (!field.values.empty()) out["values"] = field.values;
  if (!field.error.empty()) out["error"] = field.error;
  return out;
}

Field field_from_json(const json& value) {
  Field field{.name = value.at("name").get<std::string>(),
              .kind = value_of(kinds, value.at("kind").get<std::string>()),
              .label = value.at("label").get<std::string>(),
              .hint = value.value("hint", ""),
              .required = value.value("required", false),
              .longest = value.value("longest", std::size_t{0}),
              .values = value.value("values", std::vector<std::string>{}),
              .error = value.value("error", "")};
  for (const json& option : value.value("options", json::array())) {
    field.options.push_back({option.at("value").get<std::string>(), option.at("label").get<std::string>()});
  }
  return field;
}

/// Runs a reading of JSON; what it throws at a value of another kind is what the contract names.
template <typename Read>
void reading(Read read) {
  try {
    read();
  } catch (const json::exception& error) {
    throw std::invalid_argument("not a message: " + std::string(error.what()));
  }
}

}  // namespace

void add_parts(json& out, const Message& message) {
  if (message.surface != Surface::conversation) {
    out["surface"] = {{"kind", name_of(surfaces, message.surface)}, {"id", message.surface_id}};
  }
  if (message.form) {
    json fields = json::array();
    for (const Field& field : message.form->fields) fields.push_back(to_json(field));
    out["form"] = {{"title", message.form->title},
                   {"submit", message.form->submit},
                   {"command", message.form->command},
                   {"fields", std::move(fields)}};
    if (!message.form->error.empty()) out["form"]["error"] = message.form->error;
  }
  if (message.file) {
    out["file"] = {
        {"name", message.file->name}, {"type", message.file->media_type}, {"content", message.file->content}};
  }
  if (message.picture) {
    out["picture"] = {
        {"type", message.picture->media_type}, {"alt", message.picture->alt}, {"content", message.picture->content}};
  }
}

bool read_part(Message& message, std::string_view key, const json& value) {
  bool known = true;
  reading([&] {
    if (key == "surface") {
      message.surface = value_of(surfaces, value.at("kind").get<std::string>());
      message.surface_id = value.at("id").get<std::string>();
    } else if (key == "form") {
      Form& form = message.form.emplace(Form{.title = value.at("title").get<std::string>(),
                                             .submit = value.at("submit").get<std::string>(),
                                             .command = value.at("command").get<std::string>(),
                                             .fields = {},
                                             .error = value.value("error", "")});
      for (const json& field : value.at("fields")) form.fields.push_back(field_from_json(field));
    } else if (key == "file") {
      message.file = File{.name = value.at("name").get<std::string>(),
                          .media_type = value.at("type").get<std::string>(),
                          .content = value.at("content").get<std::string>()};
    } else if (key == "picture") {
      message.picture = Picture{.media_type = value.at("type").get<std::string>(),
                                .content = value.at("content").get<std::string>(),
                                .alt = value.at("alt").get<std::string>()};
    } else {
      known = false;
    }
  });
  return known;
}

void add_button_parts(json& out, const Button& button) {
  if (button.use != Button::Use::once) out["use"] = name_of(uses, button.use);
  if (button.question) {
    out["question"] = {{"text", button.question->text}, {"yes", button.question->yes}, {"no", button.question->no}};
  }
}

bool read_button_part(Button& button, std::string_view key, const json& value) {
  bool known = true;
  reading([&] {
    if (key == "use") {
      button.use = value_of(uses, value.get<std::string>());
    } else if (key == "question") {
      button.question = Question{.text = value.at("text").get<std::string>(),
                                 .yes = value.at("yes").get<std::string>(),
                                 .no = value.at("no").get<std::string>()};
    } else {
      known = false;
    }
  });
  return known;
}

}  // namespace osrbot
