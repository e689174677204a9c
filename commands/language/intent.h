// What the writer wants, by the cues of the lexicon and their precedence: repost, stop, leave, negated call, update,
// join, call, idea, offer, question, none.
#pragma once

#include <optional>

#include "commands/language/post.h"
#include "commands/language/reading.h"

namespace osrbot::language {

struct IntentVerdict {
  Intent intent = Intent::none;
  bool repost = false;
  bool negated_call = false;
  std::optional<Hit> cue;  ///< the phrase that decided
};

IntentVerdict read_intent(const Reading& reading);

/// Is this phrase cancelled by a negation in front of it or part of a longer phrase that says the opposite?
bool is_cancelled(const Reading& reading, const Hit& hit);

}  // namespace osrbot::language
