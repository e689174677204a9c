// Tells most of what a group's members write to each other from what may concern the bot, before it is read.
#pragma once

#include <string_view>

namespace osrbot::telegram {

/// Whether an Update object, as JSON, is a message in a group that has nothing but words, none of which could be a
/// command, a tag or a call of the bot. Groups mostly hold such, and to read one costs ten times as much as to look at
/// it. False says nothing: whatever is unusual, malformed or written otherwise than Telegram writes is to be read.
bool is_small_talk(std::string_view update);

}  // namespace osrbot::telegram
