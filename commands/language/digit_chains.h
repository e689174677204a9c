// Runs of digits as people write and disguise long numbers: "943 476 5919", "943-476-5919", "9.4.3.4.7.6.5.9.1.9", with
// blanks, punctuation, emoji or invisible characters between the groups, in digits of any script or keycap emoji.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "commands/language/tokens.h"

namespace osrbot::language {

struct DigitGroup {
  std::size_t token = 0;
  std::size_t begin = 0;  ///< in `DigitChain::digits`
  std::size_t size = 0;
  bool listed = false;  ///< a comma or semicolon and a blank stand before it: more likely a list than one number
  char separator = 0;   ///< the sign before it; ' ' for a blank, 0 for the first group
};

/// Groups of digits on one line with nothing but separators between.
struct DigitChain {
  std::string digits;  ///< of all groups, 0-9
  std::vector<DigitGroup> groups;
  std::size_t first = 0;  ///< tokens [first, last)
  std::size_t last = 0;

  bool has_grouping(std::initializer_list<std::size_t> sizes) const;
};

/// All chains from left to right. Linear time.
std::vector<DigitChain> digit_chains(const Tokens& tokens);

/// Ten digits whose last is the NHS check digit: weights 10 to 2, 11 - sum mod 11, where 11 means 0 and 10 is invalid.
/// Ten equal digits pass the arithmetic and are refused: they are placeholders.
bool is_nhs_number(std::string_view digits);

/// The first six of the digits are DDMMYY of a Danish CPR number (days of replacement numbers are 60 higher).
bool begins_like_cpr(std::string_view digits);

}  // namespace osrbot::language
