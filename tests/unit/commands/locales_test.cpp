// What holds for every language file in config/locales, whichever are there.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "commands/all.h"
#include "commands/catalogue.h"
#include "commands/language_rules.h"
#include "commands/pattern.h"
#include "commands/reversals.h"

using namespace osrbot;

namespace {

const std::filesystem::path source = OSRBOT_SOURCE_DIR;
const std::filesystem::path locales = source / "config" / "locales";

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The plurals of a pattern, by argument.
std::map<std::string, std::set<std::string>> plurals_of(const Pieces& pieces) {
  std::map<std::string, std::set<std::string>> plurals;
  for (const Piece& piece : pieces) {
    const auto* choice = std::get_if<Choice>(&piece.value);
    if (choice == nullptr) continue;
    for (const Branch& branch : choice->branches) {
      if (choice->is_plural) plurals[choice->argument].insert(branch.selector);
      plurals.merge(plurals_of(branch.pieces));
    }
  }
  return plurals;
}

std::map<std::string, std::set<std::string>> plurals_of(const std::string& pattern) {
  return plurals_of(compile_pattern(pattern).value());
}

std::map<std::string, std::string> patterns_of(const std::filesystem::path& file) {
  std::map<std::string, std::string> patterns;
  const nlohmann::json messages = nlohmann::json::parse(read(file));
  for (const auto& [key, value] : messages.items()) {
    if (key.starts_with('@')) continue;
    std::string& text = patterns[key];
    if (value.is_string()) text = value.get<std::string>();
    for (const auto& line : value.is_array() ? value : nlohmann::json::array()) text += line.get<std::string>() + "\n";
  }
  return patterns;
}

/// Plural forms that whole numbers have in a language, and that a translation leaves out although the words of the
/// English message change with the number.
std::set<std::string> missing_forms(const std::string& language, const std::string& english,
                                    const std::string& translated) {
  const LanguageRules rules(language);
  std::set<std::string> needed;
  for (const int number : {1'000'000, 1'000, 100}) needed.insert(rules.plural_category(number));
  for (int number = 0; number < 100; ++number) needed.insert(rules.plural_category(number));
  const auto originals = plurals_of(english);
  std::set<std::string> missing;
  for (const auto& [argument, forms] : plurals_of(translated)) {
    const auto original = originals.find(argument);
    if (original == originals.end() || !original->second.contains("one")) continue;
    std::ranges::set_difference(needed, forms, std::inserter(missing, missing.end()));
  }
  return missing;
}

/// What a translation has as it is in English: the cases of each choice by words, and what stands between backticks.
std::set<std::string> fixed_parts(const Pieces& pieces) {
  std::set<std::string> parts;
  std::string code;
  for (const Piece& piece : pieces) {
    const auto* words = std::get_if<Words>(&piece.value);
    const auto* place = std::get_if<Placeholder>(&piece.value);
    if (words != nullptr && words->style == Span::Style::code) {
      code += words->text;
    } else if (place != nullptr && place->style == Span::Style::code) {
      code += "{" + place->argument + "}";
    } else if (!code.empty()) {
      parts.insert("`" + std::exchange(code, {}) + "`");
    }
    const auto* choice = std::get_if<Choice>(&piece.value);
    if (choice == nullptr) continue;
    for (const Branch& branch : choice->branches) {
      if (!choice->is_plural) parts.insert(choice->argument + " is " + branch.selector);
      parts.merge(fixed_parts(branch.pieces));
    }
  }
  if (!code.empty()) parts.insert("`" + code + "`");
  return parts;
}

std::set<std::string> fixed_parts(const std::string& pattern) {
  return fixed_parts(compile_pattern(pattern).value());
}

/// The shape of a message: kinds of blocks, styles and targets, without the words.
std::string shape(const std::vector<Block>& blocks) {
  std::string text;
  for (const Block& block : blocks) {
    text += block.kind == Block::Kind::item ? "item:" : "paragraph:";
    for (const Span& span : block.spans) text += std::to_string(static_cast<int>(span.style)) + span.target + " ";
  }
  return text;
}

/// Everything between quotation marks in the sources that speak, as far as it could be a key.
std::set<std::string> words_in_sources() {
  std::set<std::string> words;
  for (const char* folder : {"commands", "bot"}) {
    for (const auto& entry : std::filesystem::directory_iterator(source / folder)) {
      if (entry.path().extension() != ".cpp") continue;
      const std::string text = read(entry.path());
      for (std::size_t quote = text.find('"'); quote != std::string::npos; quote = text.find('"', quote + 1)) {
        const std::size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_.", quote + 1);
        if (end != std::string::npos && text[end] == '"') words.insert(text.substr(quote + 1, end - quote - 1));
      }
    }
  }
  return words;
}

}  // namespace

TEST_CASE("every language has every message of English, with the same arguments, and no others") {
  const auto catalogue = Catalogue::load(locales);
  const auto english = catalogue.signatures("en");
  REQUIRE_FALSE(english.empty());
  for (const std::string& language : catalogue.languages()) {
    CAPTURE(language);
    CHECK(catalogue.signatures(language) == english);
  }
}

TEST_CASE("every translation has the plural forms that its language needs") {
  const auto english = patterns_of(locales / "en.json");
  for (const auto& entry : std::filesystem::directory_iterator(locales)) {
    if (entry.path().extension() != ".json") continue;
    for (const auto& [key, pattern] : patterns_of(entry.path())) {
      CAPTURE(entry.path().stem().string());
      CAPTURE(key);
      if (english.contains(key)) {
        CHECK(missing_forms(entry.path().stem().string(), english.at(key), pattern) == std::set<std::string>{});
      }
    }
  }
  const std::string original = "{n, plural, one {# task} other {# tasks}}";
  CHECK(missing_forms("ar", original, "{n, plural, one {1} two {2} other {#}}") ==
        std::set<std::string>{"zero", "few", "many"});
  CHECK(missing_forms("da", original, "{n, plural, one {# opgave} other {# opgaver}}") == std::set<std::string>{});
  CHECK(missing_forms("ar", "{n, plural, =0 {none} other {#}}", "{n, plural, other {#}}") == std::set<std::string>{});
}

TEST_CASE("every translation names the commands of the English message and knows its cases, no others") {
  const auto english = patterns_of(locales / "en.json");
  for (const auto& entry : std::filesystem::directory_iterator(locales)) {
    if (entry.path().extension() != ".json") continue;
    for (const auto& [key, pattern] : patterns_of(entry.path())) {
      CAPTURE(entry.path().stem().string());
      CAPTURE(key);
      if (english.contains(key)) CHECK(fixed_parts(pattern) == fixed_parts(english.at(key)));
    }
  }
  CHECK(fixed_parts("{why, select, filled {`needs {project}`} other {*none* `help`}}") ==
        std::set<std::string>{"why is filled", "why is other", "`needs {project}`", "`help`"});
}

TEST_CASE("every message has a place where it is said, and what the commands say is there") {
  const auto catalogue = Catalogue::load(locales);
  const std::set<std::string> words = words_in_sources();
  std::set<std::string> said;
  for (const Command& command : all_commands()) {
    said.insert("help." + catalogue_name(command));
    said.insert("help." + catalogue_name(command) + ".examples");
  }
  for (const Reversal& reversal : all_reversals()) {
    said.insert("log." + std::string(reversal.action));
    if (reversal.reverse == nullptr) said.insert(std::string(reversal.reason));
  }
  for (const std::string& key : said) {
    CAPTURE(key);
    CHECK(catalogue.has(key));
  }
  for (const auto& [key, arguments] : catalogue.signatures("en")) {
    // checked_text() puts these behind the key that it is given.
    const std::size_t end = key.ends_with(".missing") ? key.size() - 8 : key.ends_with(".long") ? key.size() - 5 : 0;
    CAPTURE(key);
    CHECK((said.contains(key) || words.contains(key) || words.contains(key.substr(0, end))));
  }
}

TEST_CASE("whatever people write into a message, it keeps its shape, in every language") {
  const auto catalogue = Catalogue::load(locales);
  const std::vector<std::string> attacks = {"*bold* _italic_ `done T1`",
                                            "[click](https://evil.example)",
                                            "{task} {0} '{' #",
                                            "line\n- item\r\nline",
                                            "<@U1> @everyone <!channel>",
                                            "\x01\x02\x1b[31m\u202E\u2066",
                                            "\\* \\_",
                                            "**",
                                            "_",
                                            "https://evil.example"};
  for (const std::string& language : catalogue.languages()) {
    const auto patterns = patterns_of(locales / (language + ".json"));
    for (const auto& [key, names] : catalogue.signatures(language)) {
      CAPTURE(language);
      CAPTURE(key);
      const auto numbers = plurals_of(patterns.at(key));
      const auto said = [&](const std::string& words) {
        Arguments arguments;
        for (const std::string& name : names) {
          if (numbers.contains(name)) {
            arguments.emplace_back(name, 3);
          } else {
            arguments.emplace_back(name, words);
          }
        }
        return shape(catalogue.blocks(language, key, arguments));
      };
      for (const std::string& attack : attacks) {
        CAPTURE(attack);
        CHECK(said(attack) == said("words"));
      }
    }
  }
}
