// What must not be answered or relayed: asked before anything else is understood.
#pragma once

#include <string>
#include <vector>

#include "commands/language/reading.h"

namespace osrbot::language {

struct SafetyVerdict {
  std::vector<std::string> flags;
  bool withhold = false;  ///< the text goes nowhere
  bool ignore = false;    ///< nobody answers
};

/// Predatory journals and other spam, authorship for sale, requests for medical advice, harassment, attempts to give
/// the bot orders, and "open source research" in the sense of intelligence work. Patient data is guard.h's.
SafetyVerdict check_safety(const Reading& reading);

}  // namespace osrbot::language
