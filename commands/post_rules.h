// X's rules of text, as the language library knows them, for those who may not know that library.
#pragma once

#include "adapters/post_parts.h"

namespace osrbot {

TextRules post_rules();

}  // namespace osrbot
