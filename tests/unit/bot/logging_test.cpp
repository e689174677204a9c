#include "bot/logging.h"

#include <sstream>
#include <thread>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace osrbot;
using nlohmann::json;

namespace {

/// What stands after the time ("2026-05-04T10:11:12.345Z ") of each line.
std::string without_times(const std::string& log) {
  std::istringstream lines(log);
  std::string out;
  for (std::string line; std::getline(lines, line);) out += line.substr(std::min<std::size_t>(25, line.size())) + "\n";
  return out;
}

}  // namespace

TEST_CASE("text lines carry time, level, part and the update that is being handled") {
  std::ostringstream out;
  const Logging logging({}, {}, out);
  const auto log = logging.log("engine");
  log(LogLevel::info, "starting");
  {
    const LoggedUpdate outer("telegram", "881");
    log(LogLevel::warning, "odd");
    {
      const LoggedUpdate inner("console", "7");
      log(LogLevel::error, "inside");
    }
    log(LogLevel::info, "outside");
  }
  log(LogLevel::info, "done");
  CHECK(without_times(out.str()) ==
        "info engine: starting\n"
        "warning engine: odd [update telegram:881]\n"
        "error engine: inside [update console:7]\n"
        "info engine: outside [update telegram:881]\n"
        "info engine: done\n");
  const auto time = out.str().substr(0, 25);
  CHECK(time[4] == '-');
  CHECK(time[10] == 'T');
  CHECK(time.substr(19, 1) == ".");
  CHECK(time.substr(23) == "Z ");
}

TEST_CASE("lines below the level are left out") {
  std::ostringstream out;
  const Logging logging({.level = LogConfig::Level::warning}, {}, out);
  const auto log = logging.log("relay");
  log(LogLevel::debug, "no");
  log(LogLevel::info, "no");
  log(LogLevel::warning, "yes");
  log(LogLevel::error, "yes");
  CHECK(without_times(out.str()) == "warning relay: yes\nerror relay: yes\n");
}

TEST_CASE("JSON lines hold the same as fields") {
  std::ostringstream out;
  const Logging logging({.format = LogConfig::Format::json}, {}, out);
  const LoggedUpdate update("telegram", "881");
  logging.log("telegram")(LogLevel::info, "a \"quoted\"\nline \xff");
  const auto line = json::parse(out.str());
  CHECK(line["level"] == "info");
  CHECK(line["from"] == "telegram");
  CHECK(line["message"] == "a \"quoted\"\nline \xEF\xBF\xBD");
  CHECK(line["update"] == "telegram:881");
  CHECK(out.str().find('\n') == out.str().size() - 1);
}

TEST_CASE("no text can look like another line, or steer the terminal") {
  std::ostringstream out;
  const Logging logging({}, {}, out);
  logging.log("x")(LogLevel::info, "a\nb\r\x1b[31m\xc3\xa9 \"c\\d\" \xff");
  CHECK(without_times(out.str()) == "info x: a\\nb\\r\\u001b[31m\xc3\xa9 \"c\\d\" \xEF\xBF\xBD\n");
}

TEST_CASE("a secret that slips into a line is not shown") {
  for (const auto format : {LogConfig::Format::text, LogConfig::Format::json}) {
    std::ostringstream out;
    const Logging logging({.format = format}, {Secret("123:abc"), Secret()}, out);
    logging.log("x")(LogLevel::error, "GET /bot123:abc/getMe and 123:abc");
    CHECK(out.str().find("123:abc") == std::string::npos);
    CHECK(out.str().find("GET /bot***/getMe and ***") != std::string::npos);
  }
}

TEST_CASE("the update in the log belongs to one thread") {
  std::ostringstream out;
  const Logging logging({}, {}, out);
  const auto log = logging.log("x");
  const LoggedUpdate update("console", "1");
  std::jthread([&] { log(LogLevel::info, "elsewhere"); }).join();
  CHECK(without_times(out.str()) == "info x: elsewhere\n");
}
