#include "commands/matching/wave.h"

#include <algorithm>

namespace osrbot::matching {

std::size_t lmic_places(std::size_t size) {
  return (2 * size + 4) / 5;
}

std::vector<Candidate> pick_wave(std::size_t size, const std::vector<Candidate>& ranked,
                                 const std::vector<Candidate>& lmic) {
  std::vector<Candidate> wave(ranked.begin(),
                              ranked.begin() + static_cast<std::ptrdiff_t>(std::min(size, ranked.size())));
  const auto in_wave = [&](const Candidate& one) {
    return std::ranges::find(wave, one.person, &Candidate::person) != wave.end();
  };
  auto places = static_cast<std::size_t>(std::ranges::count(wave, true, &Candidate::lmic));
  for (const Candidate& next : lmic) {
    if (places >= lmic_places(wave.size())) break;
    if (in_wave(next)) continue;
    // In place of the last of the others.
    const auto last = std::ranges::find(wave.rbegin(), wave.rend(), false, &Candidate::lmic);
    wave.erase(std::next(last).base());
    wave.push_back(next);
    ++places;
  }
  return wave;
}

}  // namespace osrbot::matching
