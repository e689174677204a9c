// Reads the objects of the Bot API that occur all over it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "adapters/json_fields.h"
#include "adapters/update.h"

namespace osrbot::telegram {

/// Who this bot is, from getMe.
struct Self {
  std::int64_t id = 0;
  std::string username;  ///< without '@'
};

/// A Unix time that must be there, from 1970 to the year 9999. Throws Malformed.
std::chrono::sys_seconds date(const nlohmann::json& object, const char* name);

/// A User object. Throws Malformed.
Sender person(const nlohmann::json& user);

/// Letters a–z without regard to case, as Telegram compares names of bots and commands.
bool same_name(std::string_view a, std::string_view b);

}  // namespace osrbot::telegram
