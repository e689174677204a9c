// Reads JSON, above all what a platform sent, and the few fields of its objects that the bot uses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace osrbot {

/// What a platform sent is not what the platform describes. The text says what is wrong and quotes nothing of it.
struct Malformed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The value that `text` is; bytes that are not UTF-8 become U+FFFD. Throws Malformed when it is longer than a MiB,
/// nests absurdly deep, or is not JSON.
nlohmann::json read_json(std::string_view text);

/// The same without limits and repairs; a discarded value when it is not JSON. Here, because each file that calls the
/// library's parser takes seconds longer to compile.
nlohmann::json parse_json(std::string_view text);

/// The member of an object; nullptr when it is absent, or is null in JSON. Throws Malformed when `object` is no object.
const nlohmann::json* field(const nlohmann::json& object, const char* name);

/// A 64-bit integer that must be there. Throws Malformed.
std::int64_t integer(const nlohmann::json& object, const char* name);

/// Empty when absent. Throws Malformed when it is something else.
std::string string(const nlohmann::json& object, const char* name);

/// False when absent. Throws Malformed when it is something else.
bool flag(const nlohmann::json& object, const char* name);

}  // namespace osrbot
