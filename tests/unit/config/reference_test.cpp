#include "config/reference.h"

#include <fstream>
#include <set>
#include <sstream>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "config/load_config.h"
#include "config/settings.h"

using namespace osrbot;
using nlohmann::json;

namespace {

std::string file(const std::string& path) {
  std::ifstream in(std::string(OSRBOT_SOURCE_DIR) + "/" + path);
  REQUIRE_MESSAGE(in, path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("the files made from the table of settings are up to date (scripts/update-reference makes them anew)") {
  CHECK(file("config/osrbot.schema.json") == config_schema());
  CHECK(file("config/osrbot.example.json") == config_example());
  CHECK(file("docs/configuration.md").find(config_reference()) != std::string::npos);
}

TEST_CASE("the example is a configuration, and changes nothing") {
  const auto config = parse_config(config_example(), "example", {});
  REQUIRE_MESSAGE(config, describe(config.error()));
  const Config defaults;
  CHECK(config->posts.tags == defaults.posts.tags);
  CHECK(config->telegram.base_url == defaults.telegram.base_url);
  CHECK(config->telegram.limits.per_group_minute == defaults.telegram.limits.per_group_minute);
  CHECK(config->console_enabled());
}

TEST_CASE("the schema has every setting with its limits, and refuses unknown keys") {
  const auto schema = json::parse(config_schema());
  for (const auto& setting : settings::all()) {
    std::string pointer = "/properties/" + std::string(setting.path);
    for (auto dot = pointer.find('.'); dot != std::string::npos; dot = pointer.find('.')) {
      pointer.replace(dot, 1, "/properties/");
    }
    CAPTURE(pointer);
    REQUIRE(schema.contains(json::json_pointer(pointer)));
    CHECK(schema.at(json::json_pointer(pointer)).contains("description"));
  }
  CHECK(schema.at("additionalProperties") == false);
  const auto& in_flight = schema.at("/properties/telegram/properties/limits/properties/sends_in_flight"_json_pointer);
  CHECK(in_flight.at("minimum") == 1);
  CHECK(in_flight.at("default") == 32);
}

TEST_CASE("every setting has a variable of its own and an explanation") {
  std::set<std::string> variables;
  for (const auto& setting : settings::all()) {
    CAPTURE(setting.path);
    CHECK(variables.insert(settings::variable_of(setting)).second);
    CHECK(setting.help.ends_with('.'));
    CHECK(setting.help.find('|') == std::string_view::npos);
  }
  CHECK(variables.contains("OSRBOT_DB"));
  CHECK(variables.contains("OSRBOT_TELEGRAM_BASE_URL"));
}
