// Which project is meant: "project 12", "P7", "PROJECT #11", المشروع رقم ١٢, a registered name, or a name that looks
// like one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/language/reading.h"

namespace osrbot::language {

struct ProjectMention {
  std::string project;    ///< "P12" or a name in small letters; empty: only a hint
  std::string hint;       ///< the words, as written: "ColoAI audit", "stoma survey"
  std::size_t first = 0;  ///< tokens [first, last)
  std::size_t last = 0;
};

/// The first mention. `registered`: names and hashtags of known projects.
std::optional<ProjectMention> find_project(const Reading& reading, const std::vector<std::string>& registered);

}  // namespace osrbot::language
