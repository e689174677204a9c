// What the bot wants to hear: the filtered stream's rules, kept in step with the configuration.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "adapters/log.h"
#include "adapters/x/api.h"
#include "adapters/x/calls.h"

namespace osrbot::x {

/// The first letters of the tag of every rule that is the bot's own: rules of other programs of the app stay.
inline constexpr const char* own_rules = "osrbot:";

/// Rules for hashtags (without '#'), for mentions of the bot and for quotations of its posts; without reposts and
/// without the bot's own posts. Each is within X's 1,024 characters, as long as no hashtag alone is longer.
std::vector<calls::Rule> wanted_rules(const std::vector<std::string>& tags, const std::string& handle);

/// The same as one query for recent search.
std::string wanted_query(const std::vector<std::string>& tags, const std::string& handle);

/// Adds the rules that are missing, then deletes the bot's own that are not wanted any more, so that nothing goes
/// unheard in between. Returns an Answer when all is as it is wanted.
Outcome synchronise(Api& api, const std::vector<calls::Rule>& wanted, const Log& log, const std::stop_token& stop);

}  // namespace osrbot::x
