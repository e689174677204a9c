// Whom a call wants: which skills, and how many people of each.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/language/numbers.h"
#include "commands/language/post.h"
#include "commands/language/reading.h"

namespace osrbot::language {

struct NeedsVerdict {
  std::vector<Need> needs;
  std::optional<int> count;      ///< people wanted in all; empty: not stated
  std::optional<int> count_max;  ///< where a range was given
  std::vector<Evidence> evidence;
};

/// `quantities` are those of the whole text, from left to right.
NeedsVerdict read_needs(const Reading& reading, const std::vector<Quantity>& quantities);

/// A number that counts things and not people: "200 CT scans", "20 papers".
bool has_number_of_things(const Reading& reading, const std::vector<Quantity>& quantities);

/// Skills in the order of the text, each once.
std::vector<const Hit*> skills_of(const Reading& reading);

}  // namespace osrbot::language
