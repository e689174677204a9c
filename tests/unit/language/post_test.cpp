#include "commands/language/post.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "commands/language/post_json.h"
#include "tests/unit/language/fixture.h"

using namespace osrbot::language;
using nlohmann::json;

namespace {

std::chrono::local_seconds time_of(const std::string& text) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  char dash = 0;
  std::istringstream(text) >> year >> dash >> month;
  std::istringstream(text.substr(8)) >> day;
  month = static_cast<unsigned>(std::stoi(text.substr(5, 2)));
  return std::chrono::local_days{std::chrono::year{year} / month / day} + std::chrono::hours{9};
}

json sorted(json value) {
  if (value.is_array()) std::sort(value.begin(), value.end());
  return value;
}

/// Every field that a table expects; of `extra` only the members that it names, because the rest is a matter of taste.
void check_table(const std::string& file) {
  std::ifstream in(OSRBOT_SOURCE_DIR "/tests/fixtures/" + file);
  const auto posts = json::parse(in);
  std::map<std::string, std::string> projects;
  for (const auto& post : posts) {
    const auto id = post.at("id").get<std::string>();
    CAPTURE(id);
    CAPTURE(post.at("text").get<std::string>());
    PostContext context;
    context.posted_at = time_of(post.value("posted_at", "2026-03-02"));
    if (const auto parent = post.find("in_reply_to"); parent != post.end() && parent->is_string()) {
      context.thread_project = projects.at(parent->get<std::string>());
    }
    const auto text = post.at("text").get<std::string>();
    const auto parsed = parse_post(text, context, lexicon());
    projects[id] = parsed.project;
    const auto got = json::parse(to_json(id, parsed));
    for (const auto& [field, wanted] : post.at("expect").items()) {
      CAPTURE(field);
      if (field == "extra") {
        for (const auto& [name, value] : wanted.items()) CHECK_MESSAGE(got["extra"].value(name, json()) == value, name);
      } else {
        CHECK(sorted(got[field]) == sorted(wanted));
      }
    }
  }
}

Post parse(std::string_view text) {
  PostContext context;
  context.posted_at = time_of("2026-03-02");
  return parse_post(text, context, lexicon());
}

}  // namespace

TEST_CASE("the sample posts are understood as a person understands them") {
  check_table("posts.json");
}

TEST_CASE("nothing of a withheld post is repeated") {
  const auto post =
      parse("Patient Maria Lopez, DOB 12/03/1960, MRN 445566, needs a statistician for P3 @OSRbot #OpenSourceResearch");
  CHECK(post.action == Action::withhold);
  CHECK(post.skills.empty());
  CHECK(post.project.empty());
  CHECK(post.evidence.empty());
  const auto line = to_json("x", post);
  CHECK(line.find("Lopez") == std::string::npos);
  CHECK(line.find("445566") == std::string::npos);
  CHECK(explain("Patient Maria Lopez", post).find("Lopez") == std::string::npos);
}

TEST_CASE("an explanation shows the words that decided") {
  const std::string text = "Looking for two translators for P7 by 31 March @OSRbot #OpenSourceResearch";
  const auto shown = explain(text, parse(text));
  CHECK(shown.find("\"Looking for\"  ->  intent: call") != std::string::npos);
  CHECK(shown.find("\"two translators\"  ->  needs: 2") != std::string::npos);
  CHECK(shown.find("\"P7\"  ->  project: P7") != std::string::npos);
}
