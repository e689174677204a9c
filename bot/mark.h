// What stands for a key or a command where it only has to be known again.
#pragma once

#include <string>
#include <string_view>

namespace osrbot {

/// 16 hexadecimal digits; the same for the same text. Platforms' keys of updates name people and chats, and would stay
/// in tables and logs after somebody was forgotten: their marks do not.
std::string mark_of(std::string_view text);

}  // namespace osrbot
