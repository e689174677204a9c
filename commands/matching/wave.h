// Who of those that fit is asked together: the best, and never without those from low- and middle-income countries.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "commands/matching/score.h"

namespace osrbot::matching {

/// Somebody who fits a need, with what it rests on.
struct Candidate {
  std::int64_t person = 0;
  Fit fit;
  bool learning = false;
  bool lmic = false;

  bool operator==(const Candidate&) const = default;
};

/// Of `size` invitations, how many go at least to people from low- and middle-income countries, if there are as many
/// who fit: two of five, and not fewer than in proportion of a smaller wave.
std::size_t lmic_places(std::size_t size);

/// Those whom a wave of `size` asks, the best first.
/// @param ranked everybody who may be asked, or the best of them, the best first
/// @param lmic   the same of those from low- and middle-income countries
std::vector<Candidate> pick_wave(std::size_t size, const std::vector<Candidate>& ranked,
                                 const std::vector<Candidate>& lmic);

}  // namespace osrbot::matching
