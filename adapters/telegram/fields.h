// Reads the few fields of Bot API objects that the bot uses. Fields that are absent have an empty value; fields of the
// wrong type throw Malformed.
#pragma once

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "adapters/update.h"

namespace osrbot::telegram {

/// What the server sent is not what the Bot API describes.
struct Malformed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Who this bot is, from getMe.
struct Self {
  std::int64_t id = 0;
  std::string username;  ///< without '@'
};

/// The member of an object; null when it is absent. Throws when `object` is no object.
const nlohmann::json* field(const nlohmann::json& object, const char* name);

/// A 64-bit integer that must be there.
std::int64_t integer(const nlohmann::json& object, const char* name);

/// Empty when absent.
std::string string(const nlohmann::json& object, const char* name);

/// False when absent.
bool flag(const nlohmann::json& object, const char* name);

/// A Unix time that must be there, from 1970 to the year 9999.
std::chrono::sys_seconds date(const nlohmann::json& object, const char* name);

/// A User object.
Sender person(const nlohmann::json& user);

/// Letters a–z without regard to case, as Telegram compares names of bots and commands.
bool same_name(std::string_view a, std::string_view b);

}  // namespace osrbot::telegram
