// The JSON of what few messages have: a surface other than the conversation, a form, a file, a picture, buttons of
// other uses.
#pragma once

#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "adapters/message.h"

namespace osrbot {

/// Adds to the JSON of a message those of these parts that it has.
void add_parts(nlohmann::json& out, const Message& message);

/// Reads the part that `key` names into the message; false when it names none. Throws std::invalid_argument when the
/// value is not such a part.
bool read_part(Message& message, std::string_view key, const nlohmann::json& value);

/// The same for what few buttons have: another use than once, a question.
void add_button_parts(nlohmann::json& out, const Button& button);
bool read_button_part(Button& button, std::string_view key, const nlohmann::json& value);

}  // namespace osrbot
