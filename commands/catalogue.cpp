#include "commands/catalogue.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "commands/fill.h"
#include "commands/language_rules.h"
#include "commands/pattern.h"

namespace osrbot {
namespace {

constexpr std::string_view english_tag = "en";

using Errors = std::vector<std::string>;

std::string lower_tag(std::string_view tag) {
  std::string result(tag);
  for (char& c : result) {
    if (c == '_') c = '-';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) throw std::runtime_error(fmt::format("{}: cannot be read", file.string()));
  return std::move(text).str();
}

/// Compiles the pattern that a JSON value holds: a string, or lines of one.
std::expected<Pieces, std::string> compile_value(const nlohmann::json& value) {
  if (value.is_string()) return compile_pattern(value.get_ref<const std::string&>());
  if (!value.is_array()) return std::unexpected("must be a string or an array of strings");
  std::string text;
  for (const nlohmann::json& line : value) {
    if (!line.is_string()) return std::unexpected("must be a string or an array of strings");
    if (!text.empty()) text += '\n';
    text += line.get_ref<const std::string&>();
  }
  return compile_pattern(text);
}

/// Parses a file and adds an error for each key that comes twice (JSON parsers keep the last without a word).
nlohmann::json parse_object(const std::filesystem::path& file, Errors& errors) {
  std::set<std::string> seen;
  const auto note_repeated = [&](int depth, nlohmann::json::parse_event_t event, const nlohmann::json& parsed) {
    if (event == nlohmann::json::parse_event_t::key && depth == 1 && !seen.insert(parsed.get<std::string>()).second) {
      errors.push_back(fmt::format("{}: {}: stands there twice", file.string(), parsed.get<std::string>()));
    }
    return true;
  };
  nlohmann::json object;
  try {
    object = nlohmann::json::parse(read_file(file), note_repeated);
  } catch (const nlohmann::json::exception& error) {
    errors.push_back(fmt::format("{}: {}", file.string(), error.what()));
    return nlohmann::json::object();
  }
  if (object.is_object()) return object;
  errors.push_back(fmt::format("{}: must be a JSON object of messages by key", file.string()));
  return nlohmann::json::object();
}

}  // namespace

struct Catalogue::Language {
  std::string tag;
  LanguageRules rules;
  std::map<std::string, Pieces, std::less<>> patterns;

  Language(std::string language_tag, const std::filesystem::path& file, Errors& errors)
      : tag(std::move(language_tag)), rules(tag) {
    const nlohmann::json object = parse_object(file, errors);
    for (const auto& [key, value] : object.items()) {
      if (key.starts_with('@')) continue;
      auto compiled = compile_value(value);
      if (compiled) {
        patterns.emplace(key, *std::move(compiled));
      } else {
        errors.push_back(fmt::format("{}: {}: {}", file.string(), key, compiled.error()));
      }
    }
  }

  /// A translation can leave an argument out, but the program has no others than those of the English pattern.
  void check_against(const Language& english, Errors& errors) const {
    for (const auto& [key, pattern] : patterns) {
      const auto original = english.patterns.find(key);
      if (original == english.patterns.end()) continue;
      const std::set<std::string> known = arguments_of(original->second);
      for (const std::string& name : arguments_of(pattern)) {
        if (!known.contains(name)) {
          errors.push_back(fmt::format("{}.json: {}: the English message has no {{{}}}", tag, key, name));
        }
      }
    }
  }
};

Catalogue::Catalogue(Languages languages) : languages_(std::move(languages)) {}
Catalogue::~Catalogue() = default;
Catalogue::Catalogue(Catalogue&&) noexcept = default;
Catalogue& Catalogue::operator=(Catalogue&&) noexcept = default;

Catalogue Catalogue::load(const std::filesystem::path& directory) {
  if (!std::filesystem::exists(directory / "en.json")) {
    throw std::runtime_error(fmt::format("{}: no en.json with the bot's messages there", directory.string()));
  }
  Errors errors;
  Languages languages;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    if (entry.path().extension() != ".json") continue;
    const std::string tag = entry.path().stem().string();
    languages.emplace(lower_tag(tag), std::make_unique<Language>(tag, entry.path(), errors));
  }
  const Language& english = *languages.find(english_tag)->second;
  for (const auto& [tag, language] : languages) language->check_against(english, errors);
  if (!errors.empty()) {
    std::ranges::sort(errors);
    throw std::runtime_error(fmt::format("{}", fmt::join(errors, "\n")));
  }
  return Catalogue(std::move(languages));
}

std::vector<Block> Catalogue::blocks(std::string_view locale, std::string_view key, const Arguments& arguments) const {
  for (std::string tag = lower_tag(locale);;) {
    if (const auto language = languages_.find(tag); language != languages_.end()) {
      const auto& patterns = language->second->patterns;
      if (const auto pattern = patterns.find(key); pattern != patterns.end()) {
        try {
          return fill(pattern->second, arguments, language->second->rules);
        } catch (const std::logic_error& error) {
          throw std::logic_error(fmt::format("message {}: {}", key, error.what()));
        }
      }
    }
    if (tag == english_tag) throw std::logic_error(fmt::format("message {}: no such key", key));
    const std::size_t dash = tag.rfind('-');
    tag = dash == std::string::npos ? std::string(english_tag) : tag.substr(0, dash);
  }
}

std::string Catalogue::text(std::string_view locale, std::string_view key, const Arguments& arguments) const {
  std::string text;
  for (const Block& block : blocks(locale, key, arguments)) {
    if (!text.empty()) text += '\n';
    for (const Span& span : block.spans) text += span.text;
  }
  return text;
}

bool Catalogue::has(std::string_view key) const {
  return languages_.find(english_tag)->second->patterns.contains(key);
}

std::vector<std::string> Catalogue::languages() const {
  std::vector<std::string> tags;
  for (const auto& [lower, language] : languages_) tags.push_back(language->tag);
  return tags;
}

std::map<std::string, std::set<std::string>> Catalogue::signatures(std::string_view language) const {
  std::map<std::string, std::set<std::string>> signatures;
  const auto found = languages_.find(lower_tag(language));
  if (found == languages_.end()) return signatures;
  for (const auto& [key, pattern] : found->second->patterns) signatures.emplace(key, arguments_of(pattern));
  return signatures;
}

}  // namespace osrbot
