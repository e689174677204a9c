// Reads a form with files (RFC 7578) as a server does.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace osrbot::fakes {

struct FormPart {
  std::string name;
  std::string file_name;  ///< empty: a field
  std::string media_type;
  std::string value;
};

/// The parts in their order; nothing when the body is not such a form, whole from the first boundary to the last.
std::optional<std::vector<FormPart>> read_multipart(std::string_view content_type, std::string_view body);

}  // namespace osrbot::fakes
