// What somebody says about themselves: "I'm a nurse in Accra, some SPSS, 3 hours". The same words, numbers and places
// that posts are understood by.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/language/lexicon.h"

namespace osrbot::language {

/// What a text answers, where that is known: then a bare number is hours, a name without a capital a place, and a skill
/// one that the writer would like to learn.
enum class Asked : std::uint8_t { anything, languages, skills, wants, hours, place };

/// Empty members were not said.
struct SelfDescription {
  std::vector<std::string> skills;     ///< ids that the writer has
  std::vector<std::string> wants;      ///< ids that the writer would like to learn
  std::optional<double> hours;         ///< a week
  std::string country;                 ///< ISO 3166-1
  std::string city;                    ///< as it was written
  std::vector<std::string> languages;  ///< BCP-47, that the writer speaks
  std::string career_stage;            ///< label of the lexicon: "student"
  bool first_timer = false;            ///< says so; otherwise nothing is known
  std::string orcid;                   ///< with a right check digit

  bool empty() const;
};

SelfDescription read_self_description(std::string_view text, const Lexicon& lexicon, Asked asked = Asked::anything);

/// The words of the text that were understood, and no others: "nurse, Accra, SPSS, 3 hours".
std::string words_about_oneself(std::string_view text, const Lexicon& lexicon);

}  // namespace osrbot::language
