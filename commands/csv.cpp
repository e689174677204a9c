#include "commands/csv.h"

#include <algorithm>
#include <array>

namespace osrbot {
namespace {

constexpr std::array<std::string_view, 11> formula_starts = {"=",  "+",  "-",  "@",  "\t", "\r",
                                                             "\n", "＝", "＋", "－", "＠"};

bool begins_formula(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
  return std::ranges::any_of(formula_starts, [&](std::string_view start) { return text.starts_with(start); });
}

std::string field(std::string_view text) {
  std::string value(text);
  if (begins_formula(value)) value.insert(value.begin(), '\'');
  if (value.find_first_of(",\"\r\n") == std::string::npos) return value;
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace

std::string csv_row(const std::vector<std::string>& fields) {
  std::string row;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) row += ',';
    row += field(fields[i]);
  }
  return row + "\r\n";
}

}  // namespace osrbot
