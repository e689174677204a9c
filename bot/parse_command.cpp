#include "bot/parse_command.h"

#include <chrono>
#include <istream>
#include <optional>
#include <ostream>
#include <sstream>
#include <unordered_map>

#include <date/date.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "commands/language/lexicon.h"
#include "commands/language/post.h"
#include "commands/language/post_json.h"

namespace osrbot {
namespace {

using nlohmann::json;

std::chrono::local_seconds local(std::chrono::system_clock::time_point at) {
  return std::chrono::local_seconds{std::chrono::floor<std::chrono::seconds>(at).time_since_epoch()};
}

/// "2026-03-02T09:00:00Z", with or without an offset, or a day alone. The sender's clock: an offset is not applied.
std::optional<std::chrono::local_seconds> time_of(const std::string& text) {
  for (const char* form : {"%FT%T", "%F %T", "%FT%H:%M", "%F"}) {
    std::istringstream in(text);
    date::local_time<std::chrono::milliseconds> at{};
    in >> date::parse(form, at);
    if (!in.fail()) return std::chrono::local_seconds{std::chrono::floor<std::chrono::seconds>(at.time_since_epoch())};
  }
  return std::nullopt;
}

class Parser {
 public:
  Parser(const language::Lexicon& lexicon, const ParseOptions& options) : lexicon_(lexicon) {
    context_.tag = {options.tag, options.aliases};
    context_.bot_handles = options.bot_handles;
    context_.projects = options.projects;
    context_.posted_at = now_ = local(std::chrono::system_clock::now());
  }

  std::string text_line(const std::string& line) {
    return language::explain(line, language::parse_post(line, context_, lexicon_));
  }

  /// Throws std::invalid_argument with what is wrong.
  std::string json_line(const std::string& line) {
    const auto value = parse_json(line);
    if (!value.is_object()) throw std::invalid_argument("not a JSON object");
    const auto id = text(value, "id");
    if (!id) throw std::invalid_argument("id: missing");
    const auto post_text = text(value, "text");
    if (!post_text) throw std::invalid_argument("text: missing");
    context_.posted_at = now_;
    if (const auto posted_at = text(value, "posted_at")) {
      const auto at = time_of(*posted_at);
      if (!at) throw std::invalid_argument("posted_at: expected a time such as 2026-03-02T09:00:00Z");
      context_.posted_at = *at;
    }
    context_.thread_project.clear();
    if (const auto parent = text(value, "in_reply_to")) {
      const auto found = projects_.find(*parent);
      if (found == projects_.end()) throw std::invalid_argument("in_reply_to: no earlier line has this id");
      context_.thread_project = found->second;
    }
    const auto post = language::parse_post(*post_text, context_, lexicon_);
    projects_[*id] = post.project.empty() ? context_.thread_project : post.project;
    return language::to_json(*id, post);
  }

 private:
  static std::optional<std::string> text(const json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || found->is_null()) return std::nullopt;
    if (!found->is_string()) throw std::invalid_argument(fmt::format("{}: expected a text", key));
    return found->get<std::string>();
  }

  const language::Lexicon& lexicon_;
  language::PostContext context_;
  std::chrono::local_seconds now_;
  std::unordered_map<std::string, std::string> projects_;  ///< of each line by its id: a reply inherits it
};

}  // namespace

int parse_command(std::istream& in, std::ostream& out, std::ostream& err, const ParseOptions& options) {
  std::optional<language::Lexicon> lexicon;
  try {
    lexicon = language::Lexicon::load(options.config_dir, options.extensions);
  } catch (const language::LexiconError& error) {
    err << error.what() << '\n';
    return 2;
  }
  Parser parser(*lexicon, options);
  int status = 0;
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    try {
      out << (options.json ? parser.json_line(line) : parser.text_line(line)) << '\n';
    } catch (const std::invalid_argument& error) {
      err << "line " << number << ": " << error.what() << '\n';
      status = 1;
    }
  }
  return status;
}

}  // namespace osrbot
