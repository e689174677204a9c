#include "adapters/picture.h"

namespace osrbot {

std::string_view picture_type(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv)) return "image/png";
  if (bytes.starts_with("\xFF\xD8\xFF"sv)) return "image/jpeg";
  // RIFF, four bytes of length, WEBP.
  if (bytes.starts_with("RIFF"sv) && bytes.substr(0, 12).ends_with("WEBP"sv) && bytes.size() > 12) return "image/webp";
  return {};
}

}  // namespace osrbot
