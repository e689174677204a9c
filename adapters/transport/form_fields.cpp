#include "adapters/transport/form_fields.h"

#include <algorithm>
#include <charconv>
#include <cstddef>

#include "adapters/percent_encoding.h"

namespace osrbot {

namespace {

constexpr std::size_t most_fields = 100;

std::string decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] == '%' && i + 2 < text.size() &&
               std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr == text.data() + i + 3) {
      out += static_cast<char>(value);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace

FormFields read_form(std::string_view text) {
  FormFields out;
  while (!text.empty() && out.size() < most_fields) {
    const auto end = std::min(text.find('&'), text.size());
    const auto field = text.substr(0, end);
    const auto equals = std::min(field.find('='), field.size());
    if (!field.empty()) {
      out.emplace_back(decoded(field.substr(0, equals)), decoded(field.substr(std::min(equals + 1, field.size()))));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string_view form_value(const FormFields& fields, std::string_view name) {
  const auto found = std::ranges::find(fields, name, [](const auto& field) -> std::string_view { return field.first; });
  return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

std::string write_form(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  std::string out;
  for (const auto& [name, value] : fields) {
    if (!out.empty()) out += '&';
    out += percent_encoded(name) + "=" + percent_encoded(value);
  }
  return out;
}

}  // namespace osrbot
