// The skill of the vocabulary that a need's words mean.
#pragma once

#include <string>
#include <string_view>

#include "commands/vocabulary.h"

namespace osrbot {

/// The id of the skill that words name ("two R programmers": "r"), the first of several; empty: the vocabulary has
/// none.
std::string wanted_skill(const Vocabulary& vocabulary, std::string_view words);

/// The word by which people call a skill; the id, for one that the vocabulary does not have any more.
std::string label_of_skill(const Vocabulary& vocabulary, std::string_view skill_id);

}  // namespace osrbot
