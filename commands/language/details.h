// What a post says beside its intent: where the writer is, which languages, which kind of study, since when, how many
// hours.
#pragma once

#include <vector>

#include "commands/language/dates.h"
#include "commands/language/numbers.h"
#include "commands/language/post.h"
#include "commands/language/reading.h"

namespace osrbot::language {

/// Fills `post.extra`, `post.deadline` and the flag for an ambiguous date. `post` has its intent and skills already.
void read_details(const Reading& reading, const std::vector<Quantity>& quantities, const std::vector<DateMatch>& dates,
                  Post& post);

/// Whether a hit that names a country or a city means it. "turkey" is a bird: a name in Latin letters has a capital, or
/// says with "in" or "from" that it is a place.
bool is_place(const Reading& reading, const Hit& hit);

}  // namespace osrbot::language
