// Fills a compiled pattern with arguments.
#pragma once

#include <vector>

#include "adapters/message.h"
#include "commands/catalogue.h"
#include "commands/language_rules.h"
#include "commands/pattern.h"

namespace osrbot {

/// The blocks of a message, as Catalogue::blocks describes them. Throws std::logic_error when an argument is missing or
/// of the wrong kind.
std::vector<Block> fill(const Pieces& pattern, const Arguments& arguments, const LanguageRules& rules);

}  // namespace osrbot
