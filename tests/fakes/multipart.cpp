#include "tests/fakes/multipart.h"

namespace osrbot::fakes {
namespace {

/// The value of `name="..."` in a header line.
std::string parameter(std::string_view head, std::string_view name) {
  const std::string key = "; " + std::string(name) + "=\"";
  const auto begin = head.find(key);
  if (begin == std::string_view::npos) return {};
  const auto end = head.find('"', begin + key.size());
  return std::string(head.substr(begin + key.size(), end - begin - key.size()));
}

std::string header(std::string_view head, std::string_view name) {
  const auto begin = head.find(name);
  if (begin == std::string_view::npos) return {};
  const auto end = head.find("\r\n", begin);
  return std::string(head.substr(begin + name.size(), end - begin - name.size()));
}

}  // namespace

std::optional<std::vector<FormPart>> read_multipart(std::string_view content_type, std::string_view body) {
  constexpr std::string_view type = "multipart/form-data; boundary=";
  if (!content_type.starts_with(type)) return std::nullopt;
  const std::string boundary = "--" + std::string(content_type.substr(type.size()));
  if (!body.starts_with(boundary)) return std::nullopt;
  std::vector<FormPart> parts;
  while (true) {
    body.remove_prefix(boundary.size());
    if (body == "--\r\n") return parts;
    if (!body.starts_with("\r\n")) return std::nullopt;
    body.remove_prefix(2);
    const auto end_of_head = body.find("\r\n\r\n");
    const auto end = body.find("\r\n" + boundary);
    if (end_of_head == std::string_view::npos || end == std::string_view::npos || end_of_head + 4 > end) {
      return std::nullopt;
    }
    const auto head = body.substr(0, end_of_head + 2);
    parts.push_back({.name = parameter(head, "name"),
                     .file_name = parameter(head, "filename"),
                     .media_type = header(head, "Content-Type: "),
                     .value = std::string(body.substr(end_of_head + 4, end - end_of_head - 4))});
    body.remove_prefix(end + 2);
  }
}

}  // namespace osrbot::fakes
