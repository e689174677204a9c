#include "adapters/transport/multipart_form.h"

#include <algorithm>
#include <utility>

namespace osrbot {
namespace {

/// What would end the quotation or the line is percent-encoded, as browsers do it.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') {
      out += "%22";
    } else if (c == '\r') {
      out += "%0D";
    } else if (c == '\n') {
      out += "%0A";
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string disposition(std::string_view name) {
  return "Content-Disposition: form-data; name=" + quoted(name);
}

std::string one_line(std::string_view text) {
  std::string out(text);
  std::erase_if(out, [](char c) { return c == '\r' || c == '\n'; });
  return out;
}

}  // namespace

void MultipartForm::add_field(std::string_view name, std::string value) {
  parts_.push_back({disposition(name) + "\r\n\r\n", std::move(value)});
}

void MultipartForm::add_file(std::string_view name, std::string_view file_name, std::string_view media_type,
                             std::string content) {
  parts_.push_back(
      {disposition(name) + "; filename=" + quoted(file_name) + "\r\nContent-Type: " + one_line(media_type) + "\r\n\r\n",
       std::move(content)});
}

MultipartForm::Encoded MultipartForm::encode() const {
  std::string boundary = "osrbot-form";
  const auto occurs = [&](const Part& part) { return part.value.find(boundary) != std::string::npos; };
  for (int number = 1; std::ranges::any_of(parts_, occurs); ++number) {
    boundary = "osrbot-form-" + std::to_string(number);
  }
  std::size_t size = 0;
  for (const Part& part : parts_) size += part.head.size() + part.value.size() + boundary.size() + 6;
  std::string body;
  body.reserve(size + boundary.size() + 6);
  for (const Part& part : parts_)
    body.append("--").append(boundary).append("\r\n").append(part.head).append(part.value).append("\r\n");
  body.append("--").append(boundary).append("--\r\n");
  return {.content_type = "multipart/form-data; boundary=" + boundary, .body = std::move(body)};
}

}  // namespace osrbot
