#include "config/load_config.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>
#include <unistd.h>

#include "tests/fakes/temporary_folder.h"

using namespace osrbot;
namespace fs = std::filesystem;

namespace {

/// All errors of a configuration, one a line; "" when there is none.
std::string errors_of(std::string_view json, const Environment& environment = {}) {
  const auto config = parse_config(json, "osrbot.json", environment);
  return config ? "" : describe(config.error());
}

Config good(std::string_view json, const Environment& environment = {}) {
  const auto config = parse_config(json, "osrbot.json", environment);
  if (!config) FAIL(describe(config.error()));
  return *config;
}

/// A file that is gone at the end of the test.
struct TemporaryFile {
  explicit TemporaryFile(std::string_view text) {
    std::string name = (fs::temp_directory_path() / "osrbot-config-XXXXXX").string();
    const int file = mkstemp(name.data());
    REQUIRE(file >= 0);
    close(file);
    path = name;
    std::ofstream(path) << text;
  }
  ~TemporaryFile() { fs::remove(path); }
  fs::path path;
};

}  // namespace

TEST_CASE("nothing configured: the console, a database under var/, no server") {
  const auto config = load_config(std::nullopt, {});
  REQUIRE(config);
  CHECK(config->console_enabled());
  CHECK_FALSE(config->telegram.enabled());
  CHECK_FALSE(config->http.enabled());
  CHECK(config->database.path == "var/osrbot.db");
}

TEST_CASE("comments are allowed, values replace the defaults") {
  const auto config = good(R"({
    // for editors
    "$schema": "osrbot.schema.json",
    "language": "pt-BR",
    "log": { "level": "debug", "format": "json" },
    "telegram": { "token": "123:abc", "mode": "polling", "limits": { "messages_per_second": 0, "per_chat_second": 0.5 } },
    /* who may do everything */
    "administrators": ["telegram:42", "console:ana"]
  })");
  CHECK(config.language == "pt-BR");
  CHECK(config.log.level == LogConfig::Level::debug);
  CHECK(config.log.format == LogConfig::Format::json);
  CHECK(config.telegram.limits.messages_per_second == 0);
  CHECK(config.telegram.limits.per_chat_second == 0.5);
  CHECK(config.administrators == std::vector<std::string>{"telegram:42", "console:ana"});
}

TEST_CASE("a platform turns the console off, unless it is asked for") {
  CHECK_FALSE(good(R"({"telegram": {"token": "1:a"}})").console_enabled());
  CHECK(good(R"({"telegram": {"token": "1:a"}, "console": {"enabled": true}})").console_enabled());
  CHECK(errors_of(R"({"console": {"enabled": false}})") ==
        "console.enabled: is false and no other platform is configured; set a platform's token, or true here\n");
}

TEST_CASE("the environment wins over the file") {
  const auto config = good(R"({"database": {"path": "file.db"}, "telegram": {"token_file": "/nowhere"}})",
                           {{"OSRBOT_DB", "environment.db"},
                            {"OSRBOT_TELEGRAM_TOKEN", "7:secret"},
                            {"OSRBOT_TELEGRAM_BASE_URL", "http://127.0.0.1:9999/"},
                            {"OSRBOT_TELEGRAM_LIMITS_SENDS_IN_FLIGHT", "3"},
                            {"OSRBOT_TELEGRAM_LIMITS_PER_CHAT_SECOND", "2.5"},
                            {"OSRBOT_CONSOLE_ENABLED", "true"},
                            {"OSRBOT_ADMINISTRATORS", "telegram:1, console:ben"},
                            {"OSRBOT_LOG_LEVEL", ""}});
  CHECK(config.database.path == "environment.db");
  CHECK(config.telegram.token.reveal() == "7:secret");
  CHECK(config.telegram.base_url == "http://127.0.0.1:9999");
  CHECK(config.telegram.limits.sends_in_flight == 3);
  CHECK(config.telegram.limits.per_chat_second == 2.5);
  CHECK(config.console_enabled());
  CHECK(config.administrators == std::vector<std::string>{"telegram:1", "console:ben"});
  CHECK(config.log.level == LogConfig::Level::info);
}

TEST_CASE("every error is reported at once, with its place, what was found and what is allowed") {
  const auto errors = errors_of(R"({
    "log": { "level": "loud" },
    "telegram": { "limits": { "sends_in_flight": 0 }, "base_url": "ftp://x", "poll_timeout": 3 },
    "http": "127.0.0.1:8080",
    "administrators": ["telegram:42", "ana", "telegram:@ana", "slack:ana", "slack:U012AB3CD", "x:ana", "x:7", 42],
    "database": { "path": 7 }
  })",
                                {{"OSRBOT_HTTP_ADDRESS", "localhost:99999"}, {"OSRBOT_LOG_FROMAT", "json"}});
  CHECK(
      errors ==
      "administrators: found \"ana\", \"telegram:@ana\", \"slack:ana\", \"x:ana\", 42, allowed: a list, each "
      "platform:user id, not the handle, for example telegram:123456789, slack:U012AB3CD, x:2244994945 or console:ana\n"
      "database.path: found 7, allowed: a path, not empty\n"
      "http: found a text (not shown), allowed: a section { ... }\n"
      "log.level: found \"loud\", allowed: debug or info or warning or error\n"
      "telegram.base_url: found \"ftp://x\", allowed: a URL that begins with https:// or http://, "
      "without ? and #\n"
      "telegram.limits.sends_in_flight: found 0, allowed: a whole number from 1 to 1000\n"
      "telegram.poll_timeout: unknown setting; did you mean telegram.poll_timeout_seconds?\n"
      "OSRBOT_HTTP_ADDRESS: found \"localhost:99999\", allowed: host:port, for example 127.0.0.1:8080, or off\n"
      "OSRBOT_LOG_FROMAT: unknown variable; did you mean OSRBOT_LOG_FORMAT?\n");
}

TEST_CASE("numbers outside their limits and of the wrong kind are refused") {
  for (const auto* value : {"0", "1001", "1.5", "\"5\"", "-3", "18446744073709551615", "1e300", "true", "null", "[]"}) {
    CAPTURE(value);
    CHECK(errors_of(std::string(R"({"telegram": {"limits": {"sends_in_flight": )") + value + "}}}")
              .starts_with("telegram.limits.sends_in_flight: found "));
  }
  CHECK(errors_of("{}", {{"OSRBOT_TASKS_LIMIT", "three"}}) ==
        "OSRBOT_TASKS_LIMIT: found \"three\", allowed: a whole number from 1 to 1000\n");
}

TEST_CASE("a key given twice is an error, at any depth") {
  CHECK(errors_of(R"({"telegram": {"limits": {"per_chat_second": 1, "per_chat_second": 2}}, "language": "en"})") ==
        "telegram.limits.per_chat_second: is given twice\n");
  CHECK(errors_of(R"({"language": "en", "log": {"level": "info"}, "language": "fr"})") == "language: is given twice\n");
  CHECK(errors_of(R"({"log": {"level": "info"}, "tasks": {"limit": 2}})").empty());
}

TEST_CASE("platforms that this version does not have are named as such") {
  CHECK(errors_of(R"({"web": {"port": 1}})", {{"OSRBOT_WEB_PORT", "1"}}) ==
        "web: unknown section; this version has the platforms console, slack, telegram, x\n"
        "OSRBOT_WEB_PORT: unknown variable; this version has the platforms console, slack, telegram, x\n");
}

TEST_CASE("broken JSON is placed by line and column, and never quoted: it may hold a token") {
  const auto errors = errors_of("{\n  \"telegram\": { \"token\": \"123:very-secret }\n}\n");
  CHECK(errors.starts_with("osrbot.json:2:"));
  CHECK(errors.find("very-secret") == std::string::npos);
  CHECK(errors_of("[1]") == "osrbot.json: found a list, allowed: one JSON object { ... }\n");
  CHECK(errors_of("").starts_with("osrbot.json:1:1: is not valid JSON"));
  CHECK(errors_of("{\"language\": \"\xff\"}").starts_with("osrbot.json:1:"));
}

TEST_CASE("a number that no machine can hold is an error among others") {
  CHECK(errors_of(R"({"x": {"monthly_budget_dollars": 1e400}})", {{"OSRBOT_LOG_FROMAT", "json"}}) ==
        "osrbot.json: holds a number that is too large for any setting\n"
        "OSRBOT_LOG_FROMAT: unknown variable; did you mean OSRBOT_LOG_FORMAT?\n");
}

TEST_CASE("files that settings name are there") {
  const auto errors = errors_of(R"({"posts": {"lexicon_files": ["/nonexistent/own.json"]},
                                    "matching": {"income_file": "/tmp"}})");
  CHECK(errors ==
        "posts.lexicon_files: cannot read /nonexistent/own.json: No such file or directory\n"
        "matching.income_file: cannot read /tmp: it is a folder\n");
}

TEST_CASE("a webhook takes no path that the bot answers itself") {
  for (const std::string path : {"/healthz", "/readyz", "/metrics", "/slack/events"}) {
    CAPTURE(path);
    const auto errors = errors_of(R"({"telegram": {"token": "1:a", "mode": "webhook", "webhook": {"secret": "abc",
        "url": "https://bot.example.org)" +
                                  path + R"("}}, "http": {"address": "127.0.0.1:8080"}})");
    CHECK(errors.starts_with("telegram.webhook.url: ends in " + path));
  }
}

TEST_CASE("a file holds secrets where one has a value") {
  const fakes::TemporaryFolder folder;
  const auto holds = [&](const char* text) {
    const auto file = folder / "osrbot.json";
    std::ofstream(file) << text;
    return holds_secrets(file);
  };
  CHECK(holds(R"({"telegram": {"token": "1:a"}})"));
  CHECK(holds(R"({"slack": {"app_token": "xapp-1"}} // of the team)"));
  CHECK_FALSE(holds(R"({"log": {"level": "info"}, "telegram": {"token": ""}})"));
  CHECK_FALSE(holds("[]"));
  CHECK_FALSE(holds("{"));
  CHECK_FALSE(holds_secrets(folder / "none.json"));
}

TEST_CASE("absurd nesting is refused") {
  const std::string deep(100'000, '[');
  CHECK(errors_of("{\"tags\": " + deep + std::string(100'000, ']') + "}") ==
        "osrbot.json: is nested deeper than 8 levels\n");
}

TEST_CASE("a wrong secret is not shown") {
  const auto errors =
      errors_of(R"({"telegram": {"token": "my secret"}})", {{"OSRBOT_TELEGRAM_WEBHOOK_SECRET", "pass word"}});
  CHECK(errors.find("my secret") == std::string::npos);
  CHECK(errors.find("pass word") == std::string::npos);
  CHECK(errors.starts_with("telegram.token: found a text (not shown), allowed: the token as @BotFather gives it"));
  std::ostringstream printed;
  printed << Secret("hidden") << ' ' << Secret();
  CHECK(printed.str() == "*** (not set)");
}

TEST_CASE("settings that need each other") {
  CHECK(errors_of(R"({"telegram": {"token": "1:a", "mode": "webhook"}})") ==
        "telegram.webhook.url: is empty; telegram.mode webhook needs it\n"
        "telegram.webhook.secret: is empty; telegram.mode webhook needs it\n"
        "http.address: is off; telegram.mode webhook needs host:port\n");
  CHECK(errors_of(R"({"tasks": {"limit": 2, "first_timer_limit": 3, "reminder_days": 21, "release_days": 7}})") ==
        "tasks.first_timer_limit: found 3, allowed: at most tasks.limit, which is 2\n"
        "tasks.release_days: found 7, allowed: more than tasks.reminder_days, which is 21\n");
  CHECK(errors_of(R"({"posts": {"tags": []}})") == "posts.tags: is empty, allowed: at least one hashtag\n");
}

TEST_CASE("the token file") {
  const TemporaryFile token("123:from-file\r\n");
  const Environment environment = {{"OSRBOT_TELEGRAM_TOKEN_FILE", token.path}};
  CHECK(good("{}", environment).telegram.token.reveal() == "123:from-file");
  CHECK(errors_of(R"({"telegram": {"token": "1:a"}})", environment) ==
        "telegram.token_file: telegram.token is set too; allowed: one of them\n");

  const TemporaryFile empty("");
  CHECK(errors_of("{}", {{"OSRBOT_TELEGRAM_TOKEN_FILE", empty.path}})
            .starts_with("telegram.token_file: cannot read " + empty.path.string() + ": it is empty"));
  CHECK(errors_of(R"({"telegram": {"token_file": "/nonexistent/token"}})") ==
        "telegram.token_file: cannot read /nonexistent/token: No such file or directory\n");
}

TEST_CASE("the configuration file itself") {
  CHECK(find_config_file("a.json", {{"OSRBOT_CONFIG", "b.json"}}) == "a.json");
  CHECK(find_config_file("", {{"OSRBOT_CONFIG", "b.json"}}) == "b.json");

  const auto missing = load_config("/nonexistent/osrbot.json", {{"OSRBOT_LOG_LEVEL", "loud"}});
  REQUIRE_FALSE(missing);
  CHECK(describe(missing.error()) ==
        "/nonexistent/osrbot.json: cannot be read: No such file or directory\n"
        "OSRBOT_LOG_LEVEL: found \"loud\", allowed: debug or info or warning or error\n");

  const auto folder = load_config("/", {});
  REQUIRE_FALSE(folder);
  CHECK(describe(folder.error()) == "/: is a folder, not a file\n");

  const TemporaryFile large(std::string((1 << 20) + 1, ' '));
  const auto too_large = load_config(large.path, {});
  REQUIRE_FALSE(too_large);
  CHECK(too_large.error()[0].problem == "is larger than 1 MiB");

  const TemporaryFile file(R"({"language": "fr"})");
  CHECK(load_config(file.path, {})->language == "fr");
}

TEST_CASE("the webhook's path is that of its public address") {
  CHECK(TelegramWebhookConfig{.url = "https://bot.example.org/telegram/x", .secret = {}}.path() == "/telegram/x");
  CHECK(TelegramWebhookConfig{.url = "https://bot.example.org", .secret = {}}.path() == "/");
}

TEST_CASE("the address of the server in its parts") {
  CHECK(HttpConfig{.address = "127.0.0.1:8080"}.host() == "127.0.0.1");
  CHECK(HttpConfig{.address = "127.0.0.1:8080"}.port() == 8080);
  CHECK(HttpConfig{.address = "[::1]:65535"}.host() == "::1");
  CHECK(HttpConfig{.address = "[::1]:65535"}.port() == 65535);
  CHECK(HttpConfig{}.port() == 0);
  for (const auto* wrong :
       {"8080", "localhost", "localhost:", ":80", "localhost:0", "localhost:65536", "a b:80", "http://a:80"}) {
    CAPTURE(wrong);
    CHECK_FALSE(errors_of("{}", {{"OSRBOT_HTTP_ADDRESS", wrong}}).empty());
  }
}

TEST_CASE("Slack says what each way of receiving still needs") {
  const Environment socket{{"OSRBOT_SLACK_BOT_TOKEN", "xoxb-1-a"}};
  CHECK(errors_of("{}", socket) == "slack.app_token: is empty; slack.mode socket needs it\n");
  CHECK(errors_of(R"({"slack": {"mode": "events"}})", socket) ==
        "slack.signing_secret: is empty; slack.mode events needs it\n"
        "http.address: is off; slack.mode events, and installation, need host:port\n");
  CHECK(errors_of(R"({"slack": {"app_token": "xapp-1-A"}})", socket).empty());
  CHECK(errors_of(R"({"slack": {"app_token": "xoxb-1-A"}})", socket).starts_with("slack.app_token: found"));
}

TEST_CASE("installation on Slack needs both halves of the app's identity and a public address") {
  CHECK(
      errors_of(R"({"slack": {"client_id": "1.2", "app_token": "xapp-1"}, "http": {"address": "127.0.0.1:80"}})", {}) ==
      "slack.client_secret: is empty; slack.client_id and slack.client_secret go together\n"
      "slack.url: is empty; installation needs the bot's public address\n"
      "secret.key: is empty; installation keeps the workspaces' tokens encrypted\n");
  CHECK(errors_of(R"({"slack": {"client_secret": "abc"}})", {}) ==
        "slack.client_id: is empty; slack.client_id and slack.client_secret go together\n");
}
