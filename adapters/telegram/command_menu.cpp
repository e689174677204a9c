#include "adapters/telegram/command_menu.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "adapters/json_text.h"

namespace osrbot::telegram {

using nlohmann::json;

namespace {

constexpr std::size_t most_commands = 100;
constexpr std::size_t longest_name = 32;
constexpr std::size_t longest_description = 256;

/// Empty when Telegram does not allow the name.
std::string menu_name(std::string_view command) {
  std::string name(command);
  for (char& c : name) {
    if (c == ' ' || c == '-') c = '_';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_') return {};
  }
  return name.size() <= longest_name ? name : std::string();
}

/// The first `most` characters.
std::string cut(const std::string& text, std::size_t most) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U) continue;
    if (++characters > most) return text.substr(0, i);
  }
  return text;
}

struct Shown {
  const MenuEntry* entry;
  std::string name;
};

/// What there is no room for: the last ones, and first of all those of several words, which are details of others.
void drop_surplus(std::vector<Shown>& shown) {
  std::size_t surplus = shown.size() - most_commands;
  std::ranges::reverse(shown);
  std::erase_if(shown, [&](const Shown& one) { return surplus > 0 && one.name.contains('_') && surplus-- > 0; });
  shown.erase(shown.begin(), shown.begin() + static_cast<std::ptrdiff_t>(surplus));
  std::ranges::reverse(shown);
}

}  // namespace

std::string set_my_commands(const Menu& menu, const Log& log) {
  const std::string language = menu.language.substr(0, menu.language.find('-'));
  if (!language.empty() && language.size() != 2) {
    log(LogLevel::info,
        fmt::format("no command menu in \"{}\": Telegram knows two-letter languages only", menu.language));
    return {};
  }
  std::vector<Shown> shown;
  std::set<std::string> names;
  for (const auto& entry : menu.entries) {
    auto name = menu_name(entry.command);
    if (name.empty() || entry.description.empty()) {
      log(LogLevel::warning, fmt::format("command \"{}\" cannot be shown in the menu", entry.command));
      continue;
    }
    if (names.insert(name).second) shown.push_back({&entry, std::move(name)});
  }
  if (shown.size() > most_commands) {
    log(LogLevel::debug,
        fmt::format("the menu shows {} of {} commands: Telegram takes no more", most_commands, shown.size()));
    drop_surplus(shown);
  }
  json commands = json::array();
  for (const auto& [entry, name] : shown) {
    commands.push_back({{"command", name}, {"description", cut(entry->description, longest_description)}});
  }
  json body = {{"commands", std::move(commands)}};
  if (!language.empty()) body["language_code"] = language;
  return json_text(body);
}

}  // namespace osrbot::telegram
