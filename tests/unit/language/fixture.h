// What many tests of the language share: the words in config/, and a day to read dates from.
#pragma once

#include <chrono>

#include "commands/language/lexicon.h"

namespace osrbot::language {

inline const Lexicon& lexicon() {
  static const auto loaded = Lexicon::load(OSRBOT_SOURCE_DIR "/config");
  return loaded;
}

/// Wednesday, 18 March 2026, 10:00.
inline std::chrono::local_seconds wednesday() {
  return std::chrono::local_days{std::chrono::year{2026} / 3 / 18} + std::chrono::hours{10};
}

}  // namespace osrbot::language
