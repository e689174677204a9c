// `osrbot parse`: what the bot understands of posts, and by which words. The tool with which an operator tunes the
// lexicon.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

namespace osrbot {

struct ParseOptions {
  std::filesystem::path config_dir;               ///< holds skills.json, countries.json and lexicon/
  std::vector<std::filesystem::path> extensions;  ///< the operator's own files of the lexicon
  bool json = false;                              ///< JSON lines in and out; otherwise text lines and an explanation
  std::string tag = "OpenSourceResearch";
  std::vector<std::string> aliases = {"OSRC", "البحث_مفتوح_المصدر"};
  std::vector<std::string> bot_handles = {"osrbot"};
  std::vector<std::string> projects;  ///< registered names of projects
};

/// Reads one post a line from `in` and writes one answer each to `out`. With `json`, a line is an object with `id`,
/// `text` and optionally `posted_at` (ISO 8601, default: now) and `in_reply_to` (id of an earlier line, whose project
/// counts). A bad line is reported on `err` with its number and the run goes on. Returns 0; 1 if a line was bad; 2 if
/// the lexicon could not be loaded.
int parse_command(std::istream& in, std::ostream& out, std::ostream& err, const ParseOptions& options);

}  // namespace osrbot
