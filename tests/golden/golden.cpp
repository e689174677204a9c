// usage: golden LANGUAGE   Compares every message of a language, as people see it, with the golden files beside this
// one: <language>.<renderer>.txt. UPDATE_GOLDEN=1 writes them.
#include <algorithm>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "adapters/console/render.h"
#include "adapters/slack/render.h"
#include "adapters/telegram/render.h"
#include "commands/catalogue.h"

namespace {

using namespace osrbot;
using nlohmann::json;

const std::filesystem::path source = OSRBOT_SOURCE_DIR;
const std::filesystem::path folder = source / "tests" / "golden";

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

/// Sample values by argument: samples.json has a list for each name, and under "messages" lists for single messages.
class Samples {
 public:
  explicit Samples(const std::filesystem::path& file) : json_(json::parse(read(file))) {}

  /// Sets of arguments for a message: the n-th takes the n-th value of each argument, beginning anew where a list is
  /// shorter than the longest.
  std::vector<Arguments> of(const std::string& key, const std::set<std::string>& names) {
    std::size_t count = 1;
    for (const std::string& name : names) count = std::max(count, values(key, name).size());
    std::vector<Arguments> sets(count);
    for (std::size_t i = 0; i < count; ++i) {
      for (const std::string& name : names) {
        const json& list = values(key, name);
        sets[i].push_back(argument(name, list[i % list.size()]));
      }
    }
    return sets;
  }

  /// Lists that no message has used.
  std::vector<std::string> unused() const {
    std::vector<std::string> names;
    for (const auto& [name, list] : json_["arguments"].items()) {
      if (!used_.contains(name)) names.push_back(name);
    }
    for (const auto& [key, lists] : json_["messages"].items()) {
      for (const auto& [name, list] : lists.items()) {
        if (!used_.contains(key + " " + name)) names.push_back(key + " " + name);
      }
    }
    return names;
  }

 private:
  const json& values(const std::string& key, const std::string& name) {
    if (json_["messages"].contains(key) && json_["messages"][key].contains(name)) {
      used_.insert(key + " " + name);
      return json_["messages"][key][name];
    }
    if (!json_["arguments"].contains(name)) {
      throw std::runtime_error(fmt::format("{} needs {{{}}}: give it sample values in samples.json", key, name));
    }
    used_.insert(name);
    return json_["arguments"][name];
  }

  static Argument argument(const std::string& name, const json& value) {
    if (value.contains("seconds")) {
      return {name, std::chrono::local_seconds(std::chrono::seconds(value["seconds"].get<std::int64_t>()))};
    }
    if (value.contains("day")) return {name, day(value["day"])};
    if (value.is_object()) return {name, Mention{value["name"], value["id"]}};
    if (value.is_number_integer()) return {name, value.get<std::int64_t>()};
    if (value.is_number()) return {name, value.get<double>()};
    return {name, value.get<std::string>()};
  }

  /// {"day": [2026, 3, 27]}
  static std::chrono::year_month_day day(const json& parts) {
    return {std::chrono::year(parts[0].get<int>()), std::chrono::month(parts[1].get<unsigned>()),
            std::chrono::day(parts[2].get<unsigned>())};
  }

  json json_;
  std::set<std::string> used_;
};

struct Renderer {
  const char* name;
  std::string (*render)(const Message&);
};

std::string as_console(const Message& message) {
  Message addressed = message;
  address_commands(addressed, "/");
  return console::render(addressed, false);
}

std::string as_telegram(const Message& message) {
  std::string text;
  for (const telegram::Part& part : telegram::render(message)) text += part.html + "\n";
  return text;
}

/// A leaf of a rich_text block, in the markup that mrkdwn would have for it. Whatever a test has not met shows as JSON.
std::string slack_leaf(const json& leaf) {
  const std::string type = leaf.at("type");
  if (type == "user") return "<@" + leaf.at("user_id").get<std::string>() + ">";
  const std::string text = leaf.at("text");
  if (type == "link") return "<" + leaf.at("url").get<std::string>() + "|" + text + ">";
  if (!leaf.contains("style")) return text;
  const json& style = leaf.at("style");
  if (style == json{{"bold", true}}) return "*" + text + "*";
  if (style == json{{"italic", true}}) return "_" + text + "_";
  if (style == json{{"code", true}}) return "`" + text + "`";
  return leaf.dump();
}

/// The blocks in short, and the text for notifications where its words are not the same.
std::string as_slack(const Message& message) {
  Message on_slack = message;
  for (Block& block : on_slack.blocks) {
    for (Span& span : block.spans) {
      // The sample ids are numbers, as other platforms have them.
      if (span.style == Span::Style::mention) span.target = "U" + span.target;
    }
  }
  std::string shown;
  for (const slack::Part& part : slack::render(on_slack)) {
    std::string words;
    std::string bare;
    for (const json& block : json::parse(part.blocks)) {
      if (block.at("type") != "rich_text") {
        words += block.dump();
        continue;
      }
      for (const json& section : block.at("elements")) {
        for (const json& leaf : section.at("elements")) {
          words += slack_leaf(leaf);
          bare += leaf.at("type") == "user" ? "" : leaf.at("text").get<std::string>();
        }
      }
    }
    shown += words + "\n";
    if (part.text != bare) shown += "(notification) " + part.text + "\n";
  }
  return shown;
}

constexpr Renderer renderers[] = {{"console", as_console}, {"slack", as_slack}, {"telegram", as_telegram}};

/// Every message with every set of samples that makes a difference.
std::string all_messages(const Catalogue& words, const std::string& language, const Renderer& renderer,
                         Samples& samples) {
  std::string text;
  for (const auto& [key, names] : words.signatures(language)) {
    text += key + "\n";
    std::set<std::string> seen;
    for (const Arguments& arguments : samples.of(key, names)) {
      const Message message{.blocks = words.blocks(language, key, arguments), .buttons = {}};
      const std::string rendered = renderer.render(message);
      if (!seen.insert(rendered).second) continue;
      std::istringstream lines(rendered);
      text += "  --\n";
      for (std::string line; std::getline(lines, line);) text += "  " + line + "\n";
    }
    text += "\n";
  }
  return text;
}

bool matches(const std::filesystem::path& file, const std::string& actual) {
  const std::string expected = read(file);
  if (expected == actual) return true;
  std::istringstream expected_lines(expected);
  std::istringstream actual_lines(actual);
  for (std::size_t line = 1;; ++line) {
    std::string one;
    std::string other;
    const bool more = static_cast<bool>(std::getline(expected_lines, one));
    if (!std::getline(actual_lines, other) && !more) break;
    if (one != other) {
      fmt::print("{}:{}: differs from what is said now\n- {}\n+ {}\n", file.string(), line, one, other);
      break;
    }
  }
  fmt::print("UPDATE_GOLDEN=1 writes the new words.\n");
  return false;
}

int check(const std::string& language, bool update) {
  const Catalogue words = Catalogue::load(source / "config" / "locales");
  Samples samples(folder / "samples.json");
  bool good = true;
  for (const Renderer& renderer : renderers) {
    const auto file = folder / fmt::format("{}.{}.txt", language, renderer.name);
    const std::string actual = all_messages(words, language, renderer, samples);
    if (update) {
      std::ofstream(file, std::ios::binary) << actual;
    } else {
      good = matches(file, actual) && good;
    }
  }
  for (const std::string& name : samples.unused()) {
    fmt::print("samples.json: no message has {}\n", name);
    good = false;
  }
  return good ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    fmt::print("usage: {} LANGUAGE\n", arguments[0]);
    return 2;
  }
  try {
    const char* wish = std::getenv("UPDATE_GOLDEN");
    return check(arguments[1], wish != nullptr && std::string_view(wish) == "1");
  } catch (const std::exception& error) {
    fmt::print("{}\n", error.what());
    return 1;
  }
}
