#include "commands/language/orcid.h"

#include <cstddef>

namespace osrbot::language {

bool is_valid_orcid(std::string_view text) {
  constexpr std::size_t kSize = 19;
  if (text.size() != kSize) return false;
  unsigned total = 0;
  for (std::size_t i = 0; i + 1 < kSize; ++i) {
    const char c = text[i];
    if (i % 5 == 4) {
      if (c != '-') return false;
    } else if (c >= '0' && c <= '9') {
      total = (total + static_cast<unsigned>(c - '0')) * 2;
    } else {
      return false;
    }
  }
  const auto check = (12 - total % 11) % 11;
  const char last = text.back();
  return check == 10 ? last == 'X' || last == 'x' : last == static_cast<char>('0' + check);
}

}  // namespace osrbot::language
