// Kinds of studies, and the guideline by which each is reported (EQUATOR network, https://www.equator-network.org).
#pragma once

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace osrbot {

struct StudyType {
  std::string_view name;
  std::string_view guideline;
};

inline constexpr std::array study_types = {
    StudyType{"cohort", "STROBE"},    StudyType{"trial", "CONSORT"},    StudyType{"protocol", "SPIRIT"},
    StudyType{"review", "PRISMA"},    StudyType{"diagnostic", "STARD"}, StudyType{"prediction", "TRIPOD"},
    StudyType{"qualitative", "SRQR"}, StudyType{"case", "CARE"},        StudyType{"economic", "CHEERS"},
};

/// The guideline of a study type; empty when there is no such type.
inline std::string_view guideline_of(std::string_view study_type) {
  const auto found = std::ranges::find(study_types, study_type, &StudyType::name);
  return found == study_types.end() ? std::string_view() : found->guideline;
}

inline std::vector<std::string_view> study_type_names() {
  std::vector<std::string_view> names;
  for (const StudyType& type : study_types) names.push_back(type.name);
  return names;
}

}  // namespace osrbot
