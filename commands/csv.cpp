#include "commands/csv.h"

namespace osrbot {
namespace {

constexpr std::string_view formula_starts = "=+-@\t\r";

std::string field(std::string_view text) {
  std::string value(text);
  if (!value.empty() && formula_starts.contains(value.front())) value.insert(value.begin(), '\'');
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
