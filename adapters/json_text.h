// Writing JSON. Words of people go into it, and some of what platforms call text is no UTF-8: what cannot be written
// becomes U+FFFD instead of an error.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace osrbot {

/// What stands for text that cannot be read: U+FFFD as UTF-8.
inline constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

/// `value` as compact JSON.
std::string json_text(const nlohmann::json& value);

/// Adds `text` as a JSON string, in its quotation marks. For what is written all the time: a tree of a message, made
/// to be written, costs several times what the message does.
void append_json_string(std::string& out, std::string_view text);

}  // namespace osrbot
